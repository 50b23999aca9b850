package io.walpost.relay.backfill;

import io.walpost.relay.failure.FailureKind;
import io.walpost.relay.failure.RelayException;
import io.walpost.relay.replication.RowKey;
import io.walpost.relay.replication.TableName;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How far a backfill has come, as a record of the cursors' topic says it. In text, so that a person can read it with any
 * tool: {@code selection=4f… table=public.outboxevent published=1000 id=6f… timestamp=2026-11-20 03:56:40.123+00}, where
 * {@code id=done} says that there is nothing left.
 *
 * @param selection stands for the tables and the selection that it is a cursor in
 * @param table the table in work
 * @param last the last row that is published; empty if the run is finished
 * @param published how many events, by all starts of the run
 */
record BackfillCursor(String selection, TableName table, Optional<RowKey> last, long published) {

    private static final Pattern TEXT = Pattern.compile(
            "selection=([0-9a-f]+) table=(.+) published=(\\d{1,18}) id=(done|[0-9a-f-]{36})(?: timestamp=(.+))?");

    String encode() {
        return "selection=" + selection + " table=" + table + " published=" + published
                + last.map(key -> " id=" + key.id() + (key.timestamp() == null ? "" : " timestamp=" + key.timestamp()))
                        .orElse(" id=done");
    }

    /** @throws RelayException if that is not how a cursor is written */
    static BackfillCursor parse(String text) throws RelayException {
        Matcher matcher = TEXT.matcher(text);
        if (!matcher.matches()) {
            throw new RelayException(
                    FailureKind.CONFIGURATION,
                    "The cursor of this run cannot be read; start the run anew with --restart");
        }
        Optional<RowKey> last = matcher.group(4).equals("done")
                ? Optional.empty()
                : Optional.of(new RowKey(matcher.group(5), UUID.fromString(matcher.group(4))));
        return new BackfillCursor(
                matcher.group(1), TableName.parse(matcher.group(2)), last, Long.parseLong(matcher.group(3)));
    }
}
