/**
 * How far the relay has come, and which LSN is safe to confirm. Events are numbered as they are handed to the publisher;
 * {@link io.walpost.relay.checkpoint.FlushTracker} hears of their acknowledgements in any order and knows the end of the
 * last transaction of which, and of all before which, every event is acknowledged. Positions compare only within one
 * {@link io.walpost.relay.checkpoint.WalHistory}.
 */
package io.walpost.relay.checkpoint;
