package io.walpost.consumer.runtime.http;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A CloudEvent as it was sent, in whichever mode, complete or not: what says where its record lies can be set aside, and so
 * is not refused.
 *
 * @param attributes attributes and extensions as text, by their names in CloudEvents
 * @param data the payload's bytes; null if there is none
 */
record CloudEvent(Map<String, String> attributes, byte[] data) {

    static final String CONTENT_TYPE = "datacontenttype";

    private static final String VERSION = "1.0";
    private static final List<String> REQUIRED = List.of("specversion", "id", "source", "type");

    CloudEvent {
        attributes = Map.copyOf(attributes);
    }

    /** Why it is no CloudEvent that is understood, if so; quotes nothing of it. */
    Optional<String> flaw() {
        for (String name : REQUIRED) {
            if (attribute(name).isEmpty()) {
                return Optional.of("No CloudEvent: the attribute '" + name + "' is missing");
            }
        }
        return attributes.get("specversion").equals(VERSION)
                ? Optional.empty()
                : Optional.of("Only CloudEvents of version " + VERSION + " are understood");
    }

    Optional<String> attribute(String name) {
        return Optional.ofNullable(attributes.get(name)).filter(text -> !text.isBlank());
    }

    /** Leaves out all content. */
    @Override
    public String toString() {
        return "CloudEvent" + attributes.keySet();
    }
}
