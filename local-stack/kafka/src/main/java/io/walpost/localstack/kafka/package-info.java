/** Runs inside the broker's own JVM, on the broker's own class path. */
package io.walpost.localstack.kafka;
