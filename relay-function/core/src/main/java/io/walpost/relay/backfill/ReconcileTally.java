package io.walpost.relay.backfill;

import io.walpost.relay.failure.RelayException;
import io.walpost.relay.replication.StoredRow;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** What a reconcile has found so far. */
final class ReconcileTally {

    private static final int EXAMPLES = 10;

    private final RunTotals totals = new RunTotals();
    private final List<UUID> examples = new ArrayList<>();
    private long present;
    private long deadLettered;
    private long missing;

    RunTotals totals() {
        return totals;
    }

    void found(int inTopics, int inDeadLetters, int inNeither) {
        present += inTopics;
        deadLettered += inDeadLetters;
        missing += inNeither;
    }

    void noteExamples(RowPages pages) throws RelayException {
        if (examples.size() < EXAMPLES) {
            pages.next().stream()
                    .limit(EXAMPLES - examples.size())
                    .map(StoredRow::key)
                    .forEach(key -> examples.add(key.id()));
        }
    }

    ReconcileReport report(ReconcileRequest request, boolean stopped) {
        return new ReconcileReport(
                request.name(),
                !stopped && missing == totals.published + totals.gone,
                totals.selected,
                present,
                deadLettered,
                missing,
                List.copyOf(examples),
                totals.published,
                totals.gone,
                totals.oldest,
                totals.newest,
                totals.duration());
    }
}
