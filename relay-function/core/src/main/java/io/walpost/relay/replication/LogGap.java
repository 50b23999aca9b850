package io.walpost.relay.replication;

import io.walpost.outbox.Lsn;
import io.walpost.relay.failure.FailureKind;
import io.walpost.relay.failure.RelayException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * A part of the log that a slot does not give any more.
 *
 * @param from everything before it is published
 * @param to where the log ended, or a new slot begins
 * @param since a time before the first commit of the gap, if one is known
 * @param reason why it is a gap, as the end of a sentence about the slot
 */
public record LogGap(String slot, Lsn from, Lsn to, Optional<Instant> since, String reason) {

    /** The failure that stops the relay. */
    RelayException failure() {
        return new RelayException(FailureKind.SLOT_LOST, toString());
    }

    @Override
    public String toString() {
        return "The replication slot " + slot + " is lost: " + reason + ". Not published: what was committed between "
                + from + " and " + to + " ("
                + ByteCount.text(Math.max(0, to.value() - from.value())) + " of log)"
                + since.map(time -> ", since " + time.truncatedTo(ChronoUnit.SECONDS))
                        .orElse(", since a time that the server does not tell");
    }
}
