/**
 * The relay: from a replication slot to Kafka, in the order of commits, at least once.
 *
 * <p>The data path, a package a stop: {@link io.walpost.relay.replication} reads frames,
 * {@link io.walpost.relay.pgoutput} decodes them, {@link io.walpost.relay.capture} makes records of rows,
 * {@link io.walpost.relay.route} gives them topic, key and headers, {@link io.walpost.relay.publish} sends them, and
 * {@link io.walpost.relay.checkpoint} says what may be confirmed. {@link io.walpost.relay.RelaySession} is the loop over
 * them, and {@link io.walpost.relay.Relay} opens a new session when one fails.
 *
 * <p><b>Threads.</b> One thread owns the stream and everything on the path. The producer's own thread tells only which
 * events are durable. The owner never waits for Kafka: when the window is full it goes on answering the server.
 *
 * <p><b>Failures</b> are {@link io.walpost.relay.failure.RelayException}s whose kind decides between starting again from
 * the last confirmed position and stopping. Nothing is skipped.
 */
package io.walpost.relay;
