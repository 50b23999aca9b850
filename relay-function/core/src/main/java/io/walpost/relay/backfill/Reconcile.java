package io.walpost.relay.backfill;

import io.walpost.outbox.Lsn;
import io.walpost.relay.StopSignal;
import io.walpost.relay.failure.RelayException;
import io.walpost.relay.publish.PublishedIds;
import io.walpost.relay.publish.PublisherFactory;
import io.walpost.relay.replication.OutboxRows;
import io.walpost.relay.replication.TableName;
import io.walpost.relay.route.EventRouter;
import io.walpost.relay.route.TableRowRouter;

/** Compares the ids in the outbox tables with those in the topics, and publishes what is missing there. */
public final class Reconcile {

    /** How many ids are compared at once, in about 80 MB. */
    private static final int CHUNK = 4_000_000;

    private final RunSettings settings;
    private final PublisherFactory publishers;
    private final int chunk;

    /** @param publishers make publishers that deliver at least once */
    public Reconcile(RunSettings settings, PublisherFactory publishers) {
        this(settings, publishers, CHUNK);
    }

    Reconcile(RunSettings settings, PublisherFactory publishers, int chunk) {
        this.settings = settings;
        this.publishers = publishers;
        this.chunk = chunk;
    }

    /**
     * Publishes what is missing, or counts it.
     *
     * @param stop asked for an orderly end before that
     * @throws RelayException if it cannot be told what is missing, or an event is refused, or a server is away; another
     *     run finds what is still missing
     */
    public ReconcileReport run(ReconcileRequest request, StopSignal stop, ProgressListener listener)
            throws RelayException, InterruptedException {
        TableRowRouter router = new TableRowRouter(new EventRouter(settings.routing()), "reconcile/" + request.name());
        RowPublisher publisher = new RowPublisher(
                settings, publishers, router, new RateLimit(request.perSecond(), System::nanoTime), stop, listener);
        RelayCatchUp relay = new RelayCatchUp(settings.postgres(), request.patience());
        ReconcileTally tally = new ReconcileTally();
        try (PublishedIds topics = new PublishedIds(settings.producer())) {
            Comparison comparison = new Comparison(topics, router, settings.deadLetterTopic(), request, listener);
            for (TableName table : request.tables()) {
                try (OutboxRows rows = OutboxRows.open(settings.postgres(), table, request.selection(), null)) {
                    tally.totals().add(rows.summary());
                    // Behind the rows' snapshot, so that every one of them was committed before it.
                    Lsn end = rows.logEnd();
                    if (rows.summary().rows() > 0 && (!request.awaitRelay() || relay.await(end, stop, listener))) {
                        reconcile(rows, comparison, publisher, request, stop, tally);
                    }
                }
            }
        }
        return tally.report(request, stop.requested());
    }

    private void reconcile(
            OutboxRows rows,
            Comparison comparison,
            RowPublisher publisher,
            ReconcileRequest request,
            StopSignal stop,
            ReconcileTally tally)
            throws RelayException, InterruptedException {
        comparison.requireMemory(rows.summary());
        for (long start = 0; start < rows.summary().rows() && !stop.requested(); start += chunk) {
            int size = (int) Math.min(chunk, rows.summary().rows() - start);
            IdSet missing = comparison.missing(rows, size, tally);
            if (missing.size() == 0) {
                continue;
            }
            rows.seek(start);
            RowPages pages = new RowPages(rows, size, key -> missing.contains(key.id()));
            if (request.dryRun()) {
                tally.noteExamples(pages);
                rows.seek(start + size);
            } else {
                publisher.publish(rows, pages, missing.size(), Checkpoint.NONE, tally.totals());
            }
        }
    }
}
