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

    /** The kind of error that it names, such as {@code resource_already_exists_exception}; never a message, which quotes. */
    public String errorType() {
        return body.path("error").path("type").asText("no error named");
    }

    /** @throws SinkException unless the request was done */
    public Answer orThrow(String what) throws SinkException {
        if (!isOk()) {
            throw Refusal.of(what, status, errorType());
        }
        return this;
    }
}
