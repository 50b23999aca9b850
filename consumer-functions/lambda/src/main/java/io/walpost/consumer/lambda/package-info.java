/**
 * Binds a consumer to AWS Lambda. An event source mapping of Amazon MSK or of a Kafka of one's own invokes the function with
 * a batch; {@link io.walpost.consumer.lambda.KafkaFunction} hands its partitions to the
 * {@link io.walpost.consumer.RecordConsumer} and answers which records are to come again.
 *
 * <p>An application adds a bean that is an {@link io.walpost.consumer.EventHandler}, which then runs in a transaction with
 * the inbox, or a {@link io.walpost.consumer.BatchHandler}, which looks after its idempotency itself; and a data source.
 *
 * <p><strong>The event source mapping</strong> must have {@code ReportBatchItemFailures} among its response types, or
 * Lambda takes every answer for success, and what was to be retried is lost; where that cannot be had, set
 * {@code walpost.consumer.lambda.report-batch-item-failures} to false. Retries and the age of records should be unlimited,
 * which is the default: a batch that Lambda gives up is not among the dead letters.
 *
 * <p><strong>SnapStart.</strong> Lambda's snapshot is taken when Quarkus has started, so nothing here does more than load
 * classes and wait to be invoked: there is no eager bean, no password is asked for, and no thread outlives an invocation.
 * Connections are opened by the first record, provided that the pool's {@code initial-size} and {@code min-size} are 0; a
 * connection that a frozen function kept is tried before it is used if {@code foreground-validation-interval} is set. The
 * deadline is reckoned at each invocation from the clock and the time that Lambda says remains. Nothing that is kept or sent
 * depends on random numbers; only how long to wait between two attempts does.
 */
package io.walpost.consumer.lambda;
