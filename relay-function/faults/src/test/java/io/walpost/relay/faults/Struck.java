package io.walpost.relay.faults;

import io.walpost.outbox.Lsn;
import java.time.Instant;

/**
 * A fault that has happened.
 *
 * @param at when it began
 * @param relayFrom the slot's position when the relay was last started, in the course of the fault or before it
 */
record Struck(Fault fault, Instant at, Lsn relayFrom) {}
