/**
 * Makes a Quarkus application of a handler. The application has one bean that is a
 * {@link io.walpost.consumer.BatchHandler} (its sink decides what is new), or an
 * {@link io.walpost.consumer.EventHandler} (it writes to the database of the inbox), and settings; everything else is
 * here.
 *
 * <p>The bindings, {@code kafka} and {@code http}, know each other's neither classes nor protocols; both hand their records
 * to the {@link io.walpost.consumer.runtime.EventConsumer}.
 */
package io.walpost.consumer.runtime;
