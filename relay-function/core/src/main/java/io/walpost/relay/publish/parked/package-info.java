/** Dead letters and parked keys in Kafka: the two topics, how a session reads them, and how a key is released. */
package io.walpost.relay.publish.parked;
