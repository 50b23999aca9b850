package io.walpost.cache;

import java.util.Objects;
import java.util.OptionalLong;

/**
 * What the payload of an event says about its aggregate.
 *
 * @param version how often the aggregate was changed, counted from its beginning; empty if the payload does not say
 * @param snapshot the JSON of the aggregate as it then is, byte for byte; of length 0 if the payload has none
 */
record Payload(OptionalLong version, byte[] snapshot) {

    static final Payload EMPTY = new Payload(OptionalLong.empty(), new byte[0]);

    Payload {
        Objects.requireNonNull(version, "version");
        Objects.requireNonNull(snapshot, "snapshot");
    }

    /** Leaves out the content, so that it can be logged. */
    @Override
    public String toString() {
        return "Payload[version " + version + "]";
    }
}
