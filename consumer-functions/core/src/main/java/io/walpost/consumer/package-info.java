/**
 * Applies the effect of each event once, however often the event is delivered.
 *
 * <p>A binding (SmallRye, Lambda, Knative) turns what it was given into an {@link io.walpost.consumer.IncomingRecord} and
 * hands it to a {@link io.walpost.consumer.RecordConsumer}, which reads it and passes it on to a chain of
 * {@link io.walpost.consumer.EventHandler}s: {@link io.walpost.consumer.RetryingHandler} outside,
 * {@link io.walpost.consumer.IdempotentConsumer} within, the handler that has the effect innermost. What cannot be
 * processed goes to the {@link io.walpost.consumer.DeadLetters}. The {@link io.walpost.consumer.Outcome} tells the binding
 * whether to acknowledge the record.
 *
 * <p>This package knows the wire contract, JDBC and JTA. It knows no broker client and no framework.
 */
package io.walpost.consumer;
