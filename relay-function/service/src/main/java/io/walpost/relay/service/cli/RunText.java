package io.walpost.relay.service.cli;

import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/** Words that the reports of backfill and reconcile share. */
final class RunText {

    static final double MILLIS = 1_000;

    /** What may be the matter if nothing is found. */
    static final String NOTHING =
            "No row is selected. Are rows kept (quarkus.debezium-outbox.remove-after-insert=false)?"
                    + " Removed ones cannot be published again.";

    private RunText() {}

    static String count(long count) {
        return String.format(Locale.ROOT, "%,d", count);
    }

    static String span(Optional<Instant> oldest, Optional<Instant> newest) {
        return oldest.isPresent() && newest.isPresent() ? ", from " + oldest.get() + " to " + newest.get() : "";
    }
}
