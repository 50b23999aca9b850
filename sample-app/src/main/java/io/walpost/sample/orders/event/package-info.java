/**
 * The events of an order, as they are published: their JSON is what other services rely on. Beside what changed, each but
 * the last carries under {@code order} the order as it then is, in the form that {@code GET /orders/{id}} answers, for
 * those who keep a copy of it and not its history.
 */
package io.walpost.sample.orders.event;
