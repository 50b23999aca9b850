/** Metrics of functions: lines on standard output, which CloudWatch Logs makes metrics of. */
package io.walpost.aws.metrics;
