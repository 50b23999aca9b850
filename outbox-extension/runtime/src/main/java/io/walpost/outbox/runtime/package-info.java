/**
 * The outbox in an application: {@link io.walpost.outbox.Outbox} as a bean that writes on the connection of the caller's
 * transaction, either rows through Debezium's Quarkus outbox extension or logical messages.
 *
 * <p>Nothing here is for an application to use; it injects {@link io.walpost.outbox.Outbox}.
 */
package io.walpost.outbox.runtime;
