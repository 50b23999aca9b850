package io.walpost.relay.lambda;

import io.walpost.relay.failure.FailureKind;
import io.walpost.relay.failure.RelayException;

/** Why an invocation has confirmed nothing, so that the next one begins where it began, and ends there too. */
final class Standstill {

    private Standstill() {}

    static RelayException beforeTheStream() {
        return new RelayException(
                FailureKind.DATABASE_UNAVAILABLE,
                "The time was over before there was a stream; the server answers slowly");
    }

    static RelayException withoutAcknowledgement() {
        return new RelayException(FailureKind.KAFKA_UNAVAILABLE, "Kafka has not acknowledged a single event");
    }

    /** @param events of it that are published */
    static RelayException inATransaction(long events) {
        return new RelayException(
                FailureKind.CONFIGURATION,
                "The invocation published " + events + " events of a transaction and came to no end of it, so none is"
                        + " confirmed, and the next one publishes them again",
                null,
                "Raise the function's timeout, or drain this transaction with a relay that is not a function.");
    }
}
