package io.walpost.localstack.lambda;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;

/** What became of an invocation. */
public sealed interface Answer {

    /** The function answered. */
    record Success(String json) implements Answer {}

    /** The function failed, as it reported itself. */
    record Failure(String json) implements Answer {

        /** The message of what it failed with. */
        public String message() {
            try {
                return new ObjectMapper()
                        .readTree(json)
                        .required("errorMessage")
                        .textValue();
            } catch (JsonProcessingException e) {
                throw new IllegalStateException("This is no report of a failure: " + json, e);
            }
        }
    }

    /** The function's process ended, or was ended because its time was over, before it answered. */
    record Ended(String how) implements Answer {}
}
