package io.walpost.relay.runtime;

import io.walpost.outbox.Lsn;
import io.walpost.relay.failure.RelayException;
import java.time.Duration;
import java.util.Optional;

/**
 * How a drain went.
 *
 * @param reached whether all that was committed at its beginning is published and confirmed
 * @param events how many were published, the relay's own among them
 * @param bytes of these events, before compression
 * @param from the position that was confirmed before
 * @param to the position that is confirmed now
 * @param target the position that was to be reached
 * @param failure the last one, if it was not reached
 */
public record DrainReport(
        String slot,
        boolean reached,
        long events,
        long bytes,
        Lsn from,
        Lsn to,
        Lsn target,
        Duration time,
        Optional<RelayException> failure) {}
