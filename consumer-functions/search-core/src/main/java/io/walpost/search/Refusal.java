package io.walpost.search;

import io.walpost.consumer.Failure;
import io.walpost.consumer.SinkException;

/**
 * What follows when OpenSearch, or what stands before it, answers that it did not do something.
 *
 * <p>Refused is only what is known to be the fault of a document: a dead letter for an index that is closed would be one for
 * every event. Everything else lies in the surroundings, and is waited out: what is missing can be made, what is closed can be
 * opened, what is full can be emptied, who may not can be allowed to.
 */
final class Refusal {

    private static final int BAD_REQUEST = 400;
    private static final int TOO_LARGE = 413;
    private static final int TOO_MANY_REQUESTS = 429;
    private static final int SERVER_ERROR = 500;

    private Refusal() {}

    /**
     * Of a request as a whole. OpenSearch looks at the documents in it only afterwards, so none of them is to blame; but the
     * request may be too large, and then the caller has to find out whether one document is.
     *
     * @param what was asked for, as the beginning of a sentence
     */
    static SinkException ofRequest(String what, int status, ErrorName error) {
        return exception(status == TOO_LARGE ? Failure.SINK_REFUSED : waiting(status), what, status, error);
    }

    /** Of one document of a request that was taken. */
    static SinkException ofDocument(int status, ErrorName error) {
        boolean isItsFault = status == TOO_LARGE || status == BAD_REQUEST && error.isOfADocument();
        return exception(isItsFault ? Failure.SINK_REFUSED : waiting(status), "Indexing the document", status, error);
    }

    private static Failure waiting(int status) {
        return status == TOO_MANY_REQUESTS || status >= SERVER_ERROR
                ? Failure.SINK_OVERLOADED
                : Failure.SINK_UNREACHABLE;
    }

    private static SinkException exception(Failure kind, String what, int status, ErrorName error) {
        return new SinkException(kind, what + " failed: " + error + ", status " + status + advice(kind, error), null);
    }

    /** What to look at where the hint of the kind, which is about addresses and credentials, leads nowhere. */
    private static String advice(Failure kind, ErrorName error) {
        if (kind != Failure.SINK_UNREACHABLE) {
            return "";
        }
        return switch (error.type()) {
            case "" -> "; OpenSearch would name one, so look at what stands before it";
            case "index_closed_exception" -> "; open the index";
            case "index_not_found_exception" -> "; the alias has to be there, 'index create' makes it";
            case "illegal_argument_exception" ->
                "; does the alias name one index, or say which is written to, and is the index's pipeline there?";
            default -> "";
        };
    }
}
