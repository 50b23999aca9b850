/**
 * The relay as an AWS Lambda function: each invocation drains the slot, or follows it until shortly before its deadline.
 * Nothing that connects, or that has to be fresh, is kept from one invocation to the next.
 */
package io.walpost.relay.lambda;
