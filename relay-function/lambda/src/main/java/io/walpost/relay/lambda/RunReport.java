package io.walpost.relay.lambda;

import io.walpost.outbox.Lsn;
import io.walpost.relay.failure.RelayException;
import io.walpost.relay.replication.SlotStatus;
import java.time.Duration;
import java.util.Optional;

/**
 * How an invocation went.
 *
 * @param events how many were published, the relay's own among them
 * @param bytes of these events, before compression
 * @param from the position that was confirmed before; empty if the server could not be asked
 * @param to the position that is confirmed now
 * @param target the position that was to be reached, in a drain
 * @param slot as it is now; empty if the server could not be asked
 * @param lag the age of the oldest event that is not published, as far as one was seen; empty if that is not this
 *     relay's matter, or not known
 * @param failure why it ended, if it failed
 */
record RunReport(
        StopReason reason,
        long events,
        long bytes,
        Optional<Lsn> from,
        Optional<Lsn> to,
        Optional<Lsn> target,
        Optional<SlotStatus> slot,
        Optional<Duration> lag,
        Optional<RelayException> failure) {

    /** That of an invocation that ended before anything was published. */
    static RunReport ended(RelayException failure) {
        return ended(failure, Optional.empty());
    }

    /** The same, if the slot was looked at. */
    static RunReport ended(RelayException failure, Optional<SlotStatus> slot) {
        return new RunReport(
                StopReason.of(failure),
                0,
                0,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                slot,
                Optional.empty(),
                Optional.of(failure));
    }
}
