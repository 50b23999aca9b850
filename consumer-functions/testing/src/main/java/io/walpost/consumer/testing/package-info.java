/**
 * For tests of consumers: {@link io.walpost.consumer.testing.BindingContract} is what holds however records come, and the
 * others show from outside, in Kafka and in the database, whether it does.
 */
package io.walpost.consumer.testing;
