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
 * @param to the position that is confirmed now; not moved if nothing lay between
 * @param target the position that was to be reached
 * @param lag the age of the oldest event that is not published, as far as one was seen; zero if all are
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
        Duration lag,
        Duration time,
        Optional<RelayException> failure) {}
