/**
 * From an outbox record to what is published: topic, key, value and headers, as the wire contract
 * ({@link io.walpost.outbox.EventHeaders}) says.
 */
package io.walpost.relay.route;
