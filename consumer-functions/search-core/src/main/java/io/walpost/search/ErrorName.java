package io.walpost.search;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Set;

/**
 * What OpenSearch calls an error, and what it calls the cause of it. Its messages quote documents, and are left where they are.
 *
 * @param type empty if the answer names no error as OpenSearch does: perhaps it is not one of OpenSearch
 * @param cause empty if there is none
 */
record ErrorName(String type, String cause) {

    /** Each is said of what is in a document, and of nothing else: the last one of a word that is too long for the index. */
    private static final Set<String> OF_A_DOCUMENT = Set.of(
            "mapper_parsing_exception", "strict_dynamic_mapping_exception", "max_bytes_length_exceeded_exception");

    /** @param error the field {@code error} of an answer, or of the result for a document */
    static ErrorName in(JsonNode error) {
        return new ErrorName(
                error.path("type").asText(""),
                error.path("caused_by").path("type").asText(""));
    }

    boolean isNamed() {
        return !type.isEmpty();
    }

    /**
     * Not so an {@code illegal_argument_exception} by itself. It is also the answer of an alias without an index to write to,
     * of a missing pipeline and of an index that is full, which are the same for every document.
     */
    boolean isOfADocument() {
        return OF_A_DOCUMENT.contains(type) || OF_A_DOCUMENT.contains(cause);
    }

    @Override
    public String toString() {
        if (!isNamed()) {
            return "no error named";
        }
        return cause.isEmpty() ? type : type + " (" + cause + ")";
    }
}
