package io.walpost.relay.backfill;

import io.walpost.relay.replication.RowSelection;
import io.walpost.relay.replication.TableName;
import java.time.Duration;
import java.util.List;

/**
 * A reconcile to run.
 *
 * @param name of the run, for the header
 * @param tables compared one after the other
 * @param perSecond the most events a second; 0 for no limit
 * @param awaitRelay whether to wait until the relay has confirmed what was committed before the run; otherwise what is
 *     only on its way counts as missing
 * @param patience how long the relay may confirm nothing meanwhile
 * @param fromBeginning whether to read the topics from their beginning, whatever the rows' timestamps say
 * @param acceptForgotten whether to compare also with topics that may have removed events
 * @param dryRun whether only to tell what is missing
 */
public record ReconcileRequest(
        String name,
        List<TableName> tables,
        RowSelection selection,
        int perSecond,
        boolean awaitRelay,
        Duration patience,
        boolean fromBeginning,
        boolean acceptForgotten,
        boolean dryRun) {

    /** @throws IllegalArgumentException naming what is wrong */
    public ReconcileRequest {
        if (perSecond < 0) {
            throw new IllegalArgumentException("--rate must not be negative");
        }
        tables = List.copyOf(tables);
    }
}
