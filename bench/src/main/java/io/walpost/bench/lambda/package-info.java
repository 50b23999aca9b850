/** The relay as a Lambda function: how long its invocations take, and what a handover costs. */
package io.walpost.bench.lambda;
