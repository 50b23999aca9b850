package io.walpost.search;

import io.walpost.consumer.Failure;
import io.walpost.consumer.SinkException;

/**
 * What follows when OpenSearch answers that it did not do something.
 *
 * <p>Refused is what the document itself is to blame for (it does not fit the mapping, it is too large). Everything else lies in
 * the surroundings: what is missing can be made, what is full can be emptied, who may not can be allowed to.
 */
final class Refusal {

    private Refusal() {}

    /**
     * @param what was asked for, as the beginning of a sentence
     * @param errorType OpenSearch's name for what went wrong; its messages quote documents, and are left where they are
     */
    static SinkException of(String what, int status, String errorType) {
        return new SinkException(kind(status), what + " failed: " + errorType + ", status " + status, null);
    }

    private static Failure kind(int status) {
        return switch (status) {
            // A document or a request that OpenSearch cannot make sense of; one that is too large.
            case 400, 413 -> Failure.SINK_REFUSED;
            // Credentials, rights, an index that is read-only or not there.
            case 401, 403, 404 -> Failure.SINK_UNREACHABLE;
            case 429 -> Failure.SINK_OVERLOADED;
            default -> status >= 500 ? Failure.SINK_OVERLOADED : Failure.UNKNOWN;
        };
    }
}
