/**
 * Faults in any order: real systems with a proxy in between, a relay that can be killed, writers whose work is known, and
 * a checker that knows what may come twice.
 */
package io.walpost.relay.faults;
