package io.walpost.consumer.deadletter;

import java.util.Locale;

/** How a letter came to its end. */
public enum Resolution {
    /** The handler took its record. */
    REPLAYED,
    /** A person has seen to its effect by other means. */
    RESOLVED,
    /** A person has decided that it will have no effect. */
    DISCARDED;

    /** As the table has it. */
    String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Resolution of(String label) {
        return valueOf(label.toUpperCase(Locale.ROOT));
    }
}
