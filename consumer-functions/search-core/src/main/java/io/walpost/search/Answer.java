package io.walpost.search;

import com.fasterxml.jackson.databind.JsonNode;
import io.walpost.consumer.SinkException;

/**
 * What OpenSearch answered.
 *
 * @param status the status of the answer as a whole
 * @param body its JSON; missing if it was none
 */
public record Answer(int status, JsonNode body) {

    public boolean isOk() {
        return status >= 200 && status < 300;
    }

    public boolean isNotFound() {
        return status == 404;
    }

    /** OpenSearch makes no sense of the request, or does not do it to what is there. */
    boolean isBadRequest() {
        return status == 400;
    }

    ErrorName error() {
        return ErrorName.in(body.path("error"));
    }

    /** @throws SinkException unless the request was done */
    public Answer orThrow(String what) throws SinkException {
        if (!isOk()) {
            throw Refusal.ofRequest(what, status, error());
        }
        return this;
    }
}
