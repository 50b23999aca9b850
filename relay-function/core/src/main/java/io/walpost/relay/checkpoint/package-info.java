/**
 * Which LSN is safe to confirm. Events are numbered as they are handed to the publisher;
 * {@link io.walpost.relay.checkpoint.FlushTracker} hears of their acknowledgements in any order and knows the end of the
 * last transaction of which, and of all before which, every event is acknowledged.
 */
package io.walpost.relay.checkpoint;
