/** Microbenchmarks of what the relay does for each event before Kafka's client has it. */
package io.walpost.bench.jmh;
