/** The relay's failures as values: what can go wrong, what the relay does about it, and what the operator should. */
package io.walpost.relay.failure;
