package io.walpost.relay.backfill;

import io.walpost.relay.replication.RowSelection;
import io.walpost.relay.replication.TableName;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A backfill to run, or to continue.
 *
 * @param name of the run; letters, digits, '.', '_' and '-', at most 100
 * @param tables read one after the other
 * @param perSecond the most events a second; 0 for no limit
 * @param restart whether to begin at the beginning, whatever an earlier start of the run has done
 * @param dryRun whether only to count
 */
public record BackfillRequest(
        String name, List<TableName> tables, RowSelection selection, int perSecond, boolean restart, boolean dryRun) {

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]{1,100}");

    /** @throws IllegalArgumentException naming what is wrong */
    public BackfillRequest {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "--name '" + name + "' may hold only letters, digits, '.', '_' and '-', at most 100 of them");
        }
        if (perSecond < 0) {
            throw new IllegalArgumentException("--rate must not be negative");
        }
        tables = List.copyOf(tables);
    }
}
