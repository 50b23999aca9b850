/**
 * Applies the effect of each event once, however often the event is delivered.
 *
 * <p>A binding (SmallRye, Lambda, Knative) turns what it was given into an {@link io.walpost.consumer.IncomingRecord} and
 * hands it with others to a {@link io.walpost.consumer.RecordConsumer}, which reads them and passes them on in waves, in
 * which no key comes twice, to a {@link io.walpost.consumer.BatchHandler}. Where the sink is the database that is an
 * {@link io.walpost.consumer.IdempotentConsumer} around the {@link io.walpost.consumer.EventHandler} that has the effect.
 * What cannot be processed goes to the {@link io.walpost.consumer.DeadLetters}, and with them what comes behind it. The
 * {@link io.walpost.consumer.Outcome} tells the binding whether to acknowledge the record.
 *
 * <p>This package knows the wire contract, JDBC and JTA. It knows no broker client and no framework.
 */
package io.walpost.consumer;
