/**
 * The relay as a process: settings in, core wired, one thread running it, health and metrics out.
 *
 * <p>{@link io.walpost.relay.service.RelayService} owns the relay's thread. A failure that only a person can mend ends
 * the process with the exit code of {@link io.walpost.relay.service.ExitCode}; every other one is retried by the relay
 * itself.
 */
package io.walpost.relay.service;
