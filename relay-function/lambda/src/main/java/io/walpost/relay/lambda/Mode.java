package io.walpost.relay.lambda;

import java.util.Locale;

/** What an invocation does. */
public enum Mode {
    /** Publishes what is committed at its beginning. */
    DRAIN,
    /** Publishes until shortly before its deadline. */
    CONTINUOUS;

    /** The name in settings and reports. */
    String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
