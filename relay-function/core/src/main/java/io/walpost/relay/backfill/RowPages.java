package io.walpost.relay.backfill;

import io.walpost.relay.failure.RelayException;
import io.walpost.relay.replication.OutboxRows;
import io.walpost.relay.replication.RowKey;
import io.walpost.relay.replication.SelectedRow;
import io.walpost.relay.replication.StoredRow;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** The rows of a selection in pages that are bounded in rows and in bytes. */
final class RowPages {

    private static final int MAX_ROWS = 1_000;
    private static final long MAX_BYTES = 8L << 20;
    private static final int KEYS_AT_ONCE = 5_000;

    private final OutboxRows rows;
    private final Predicate<RowKey> wanted;
    private final ArrayDeque<SelectedRow> keys = new ArrayDeque<>();
    private long left;
    private long gone;

    /**
     * @param limit how many rows of the selection to go through
     * @param wanted which of them to read
     */
    RowPages(OutboxRows rows, long limit, Predicate<RowKey> wanted) {
        this.rows = rows;
        this.left = limit;
        this.wanted = wanted;
    }

    /** The next rows in order; empty at the end. */
    List<StoredRow> next() throws RelayException {
        while (true) {
            List<RowKey> page = page();
            if (page.isEmpty()) {
                return List.of();
            }
            List<StoredRow> found = rows.read(page);
            gone += page.size() - found.size();
            if (!found.isEmpty()) {
                return found;
            }
        }
    }

    private List<RowKey> page() throws RelayException {
        List<RowKey> page = new ArrayList<>();
        long bytes = 0;
        while (page.size() < MAX_ROWS && bytes < MAX_BYTES && fill()) {
            SelectedRow row = keys.removeFirst();
            page.add(row.key());
            bytes += row.size();
        }
        return page;
    }

    private boolean fill() throws RelayException {
        while (keys.isEmpty() && left > 0) {
            List<SelectedRow> next = rows.next((int) Math.min(KEYS_AT_ONCE, left));
            left = next.isEmpty() ? 0 : left - next.size();
            next.stream().filter(row -> wanted.test(row.key())).forEach(keys::addLast);
        }
        return !keys.isEmpty();
    }

    /** How many rows were deleted between their selection and their reading. */
    long gone() {
        return gone;
    }
}
