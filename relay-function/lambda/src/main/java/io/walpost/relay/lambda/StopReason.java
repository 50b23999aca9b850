package io.walpost.relay.lambda;

import io.walpost.relay.failure.FailureKind;
import io.walpost.relay.failure.RelayException;
import java.util.Locale;

/** Why an invocation ended. */
enum StopReason {
    /** All that was committed at its beginning is published and confirmed. */
    DRAINED,
    /** Its time was over; the next one goes on where it was. */
    DEADLINE,
    /** Another relay held the slot all the time. */
    SLOT_BUSY,
    /** Something that an invocation later may find just so, until somebody mends it. */
    FAILED;

    /** Why an invocation ended that a failure ended. */
    static StopReason of(RelayException failure) {
        return failure.kind() == FailureKind.SLOT_BUSY ? SLOT_BUSY : FAILED;
    }

    /** The name in reports: lower case with hyphens. */
    String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
