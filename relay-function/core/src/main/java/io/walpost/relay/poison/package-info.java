/**
 * What becomes of events that cannot be published: which reaction, what a dead letter holds, and which keys are parked.
 * It decides and makes records; the session publishes them like any other.
 */
package io.walpost.relay.poison;
