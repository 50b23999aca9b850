package io.walpost.relay.publish;

import io.walpost.relay.failure.FailureKind;
import io.walpost.relay.failure.RelayException;

/**
 * What kept a Kafka transaction from being committed.
 *
 * @param sequence that of the event at which it failed; {@link Acknowledgements#NO_EVENT} if it is none's
 */
record Refusal(long sequence, RelayException cause) {

    /** Whether the events before it have a better chance without it. */
    boolean isOfAnEvent() {
        return sequence != Acknowledgements.NO_EVENT && cause.kind() != FailureKind.FENCED;
    }
}
