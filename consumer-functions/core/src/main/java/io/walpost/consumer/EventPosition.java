package io.walpost.consumer;

import io.walpost.outbox.Lsn;
import java.util.Objects;

/**
 * The place of an event in the log of the database that it was committed in.
 *
 * @param lsn the LSN of the commit; a later commit has a greater one
 * @param transaction the id (xid) of the database transaction
 * @param order the place among the events of the transaction: 1, 2, 3…
 * @param last true on the last event of the transaction
 */
public record EventPosition(Lsn lsn, long transaction, long order, boolean last) {

    public EventPosition {
        Objects.requireNonNull(lsn, "lsn");
    }
}
