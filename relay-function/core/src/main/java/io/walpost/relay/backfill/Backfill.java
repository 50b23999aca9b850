package io.walpost.relay.backfill;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.walpost.relay.StopSignal;
import io.walpost.relay.failure.FailureKind;
import io.walpost.relay.failure.RelayException;
import io.walpost.relay.publish.CompactedTopic;
import io.walpost.relay.publish.PublisherFactory;
import io.walpost.relay.replication.DatabaseIdentity;
import io.walpost.relay.replication.OutboxRows;
import io.walpost.relay.replication.RowKey;
import io.walpost.relay.replication.TableName;
import io.walpost.relay.route.EventRouter;
import io.walpost.relay.route.TableRowRouter;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/** Publishes every row of a selection, whether or not it has been published before. A run is continued by its name. */
public final class Backfill {

    private static final int DIGEST_BYTES = 8;

    private final RunSettings settings;
    private final PublisherFactory publishers;

    /** @param publishers make publishers that deliver at least once */
    public Backfill(RunSettings settings, PublisherFactory publishers) {
        this.settings = settings;
        this.publishers = publishers;
    }

    /**
     * Publishes what is left of the run, or counts it.
     *
     * @param stop asked for an orderly end before that; the run can be continued
     * @throws RelayException if an event is refused, or a server is away; the run can be continued when that is mended
     */
    public BackfillReport run(BackfillRequest request, StopSignal stop, ProgressListener listener)
            throws RelayException, InterruptedException {
        RunTotals totals = new RunTotals();
        String selection = digest(request.tables() + " " + request.selection());
        DatabaseIdentity database = DatabaseIdentity.of(settings.postgres());
        String key = database.systemId() + "/" + database.name() + "/" + request.name();
        try (CompactedTopic cursors = new CompactedTopic(settings.cursorTopic(), settings.producer())) {
            Optional<BackfillCursor> from = request.restart() ? Optional.empty() : cursor(cursors, key, selection);
            long before = from.map(BackfillCursor::published).orElse(0L);
            RowPublisher publisher = publisher(request, stop, listener);
            boolean complete = !request.dryRun();
            for (TableName table : left(request.tables(), from)) {
                long earlier = before + totals.published;
                Checkpoint checkpoint = (last, published) -> cursors.put(
                        key, new BackfillCursor(selection, table, Optional.of(last), earlier + published).encode());
                try (OutboxRows rows =
                        OutboxRows.open(settings.postgres(), table, request.selection(), lastIn(table, from))) {
                    totals.add(rows.summary());
                    complete = complete
                            && publisher.publish(rows, all(rows), rows.summary().rows(), checkpoint, totals);
                }
            }
            long published = before + totals.published;
            if (complete) {
                cursors.put(
                        key,
                        new BackfillCursor(selection, request.tables().getLast(), Optional.empty(), published)
                                .encode());
            }
            return report(request, complete, before, totals);
        }
    }

    private RowPublisher publisher(BackfillRequest request, StopSignal stop, ProgressListener listener) {
        return new RowPublisher(
                settings,
                publishers,
                new TableRowRouter(new EventRouter(settings.routing()), request.name()),
                new RateLimit(request.perSecond(), System::nanoTime),
                stop,
                listener);
    }

    private static RowPages all(OutboxRows rows) {
        return new RowPages(rows, rows.summary().rows(), any -> true);
    }

    private static RowKey lastIn(TableName table, Optional<BackfillCursor> from) {
        return from.filter(cursor -> cursor.table().equals(table))
                .flatMap(BackfillCursor::last)
                .orElse(null);
    }

    private static BackfillReport report(BackfillRequest request, boolean complete, long before, RunTotals totals) {
        return new BackfillReport(
                request.name(),
                complete,
                totals.selected,
                before,
                totals.published,
                totals.gone,
                totals.oldest,
                totals.newest,
                totals.duration());
    }

    private static Optional<BackfillCursor> cursor(CompactedTopic cursors, String key, String selection)
            throws RelayException {
        Optional<String> text = cursors.get(key);
        if (text.isEmpty()) {
            return Optional.empty();
        }
        BackfillCursor cursor = BackfillCursor.parse(text.get());
        if (!cursor.selection().equals(selection)) {
            throw new RelayException(
                    FailureKind.CONFIGURATION,
                    "A run of this name was started with another selection. Repeat that selection to continue it, take"
                            + " another --name, or start anew with --restart");
        }
        return Optional.of(cursor);
    }

    /** The tables from that of the cursor on; none if the run is finished. */
    private static List<TableName> left(List<TableName> tables, Optional<BackfillCursor> from) {
        if (from.isEmpty()) {
            return tables;
        }
        return from.get().last().isEmpty()
                ? List.of()
                : tables.subList(tables.indexOf(from.get().table()), tables.size());
    }

    /** Of the selection, which may name aggregates, the cursors' topic has no more than a digest. */
    private static String digest(String selection) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(selection.getBytes(UTF_8));
            return HexFormat.of().formatHex(hash, 0, DIGEST_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
