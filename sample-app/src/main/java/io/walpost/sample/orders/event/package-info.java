/** The events of an order, as they are published: their JSON is what other services rely on. */
package io.walpost.sample.orders.event;
