/**
 * The outbox in an application: {@link io.walpost.outbox.Outbox} as a bean that writes through Debezium's Quarkus outbox
 * extension, on the connection of the caller's transaction.
 *
 * <p>Nothing here is for an application to use; it injects {@link io.walpost.outbox.Outbox}.
 */
package io.walpost.outbox.runtime;
