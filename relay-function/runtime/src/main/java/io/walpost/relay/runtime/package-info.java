/**
 * What every way to run the relay needs, be it a process, a container or a function: its settings, its assembly from
 * them, and the drain.
 */
package io.walpost.relay.runtime;
