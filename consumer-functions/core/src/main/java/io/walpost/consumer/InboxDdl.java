package io.walpost.consumer;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/** What {@link InboxPartitions} does to the table, one short transaction each. Owned by one thread. */
final class InboxDdl {

    /** Those of the migration. */
    static final List<String> NOT_OF_ONE_DAY = List.of("walpost_inbox_undated", "walpost_inbox_default");

    static final int ROWS_AT_ONCE = 1000;

    private static final String PREFIX = "walpost_inbox_";

    private static final String EXCLUSION_PREFIX = "walpost_inbox_without_";

    /** By a claim of the day in the default partition. */
    private static final String CHECK_VIOLATION = "23514";

    private static final int ATTEMPTS_TO_READMIT = 5;

    private static final DateTimeFormatter DAY = DateTimeFormatter.BASIC_ISO_DATE;

    /** Instances take turns; who does not get it has nothing to do. */
    private static final String TURN = "SELECT pg_try_advisory_xact_lock(hashtext('walpost_inbox'))";

    /** Without statistics the server reads a whole table for a row of which the index would say that there is none. */
    private static final String BY_INDEX = "SET LOCAL enable_seqscan = off; SET LOCAL enable_bitmapscan = off";

    private static final String BY_ANY_INDEX = "SET LOCAL enable_seqscan = off";

    private static final String SCHEMA = """
            SELECT quote_ident(nspname) FROM pg_class JOIN pg_namespace ON pg_namespace.oid = relnamespace
            WHERE pg_class.oid = 'walpost_inbox'::regclass
            """;

    private static final String PARTITIONS = """
            SELECT relname FROM pg_inherits JOIN pg_class ON pg_class.oid = inhrelid
            WHERE inhparent = 'walpost_inbox'::regclass
            """;

    private static final String EXCLUSIONS = """
            SELECT conname FROM pg_constraint
            WHERE conrelid = '%s.walpost_inbox_default'::regclass AND contype = 'c' AND starts_with(conname, '%s')
            """;

    // Not CREATE TABLE … PARTITION OF, which waits for all that is going on in the table, and has everybody else wait
    // behind it. Attaching locks the default partition only. The index costs next to nothing, and tells before a
    // partition is dropped, however large it is, that no claim in it is young.
    private static final String CREATE = """
            CREATE TABLE %1$s.%2$s (LIKE %1$s.walpost_inbox INCLUDING ALL);
            CREATE INDEX ON %1$s.%2$s USING brin (claimed_at) WITH (autosummarize = on);
            ALTER TABLE %1$s.walpost_inbox ATTACH PARTITION %1$s.%2$s FOR VALUES FROM ('%3$s') TO ('%4$s')
            """;

    // In the words of a partition's bounds, from which the server concludes that it need not read the table.
    private static final String EXCLUDE = """
            ALTER TABLE %s.walpost_inbox_default
            ADD CONSTRAINT %s CHECK (event_day < '%s' OR event_day >= '%s') NOT VALID
            """;

    private final InboxSession session;
    private final InboxLimits limits;
    private final String schema;

    InboxDdl(Connection connection, InboxLimits limits) throws SQLException {
        this.session = new InboxSession(connection, limits);
        this.limits = limits;
        this.schema = session.names(SCHEMA).getFirst();
    }

    /** Those that have a partition. */
    SortedSet<LocalDate> days() throws SQLException {
        SortedSet<LocalDate> days = new TreeSet<>();
        for (String partition : session.names(PARTITIONS)) {
            addDay(partition, days);
        }
        return days;
    }

    /** Whether the default partition can be read as a whole while claims wait. */
    boolean isDefaultSmall() throws SQLException {
        return session.isTrue(
                "SELECT pg_relation_size('%s.walpost_inbox_default') <= %d".formatted(schema, limits.read()));
    }

    /**
     * With a default partition that is small: attaching reads it under the lock.
     *
     * @return false if there is a reason not to: claims of the day are in the default partition, or somebody else is at it
     */
    boolean create(LocalDate day) throws SQLException {
        String claimed = "SELECT EXISTS (SELECT FROM %s.walpost_inbox_default WHERE event_day = '%s')";
        if (session.isTrue(claimed.formatted(schema, day))) {
            return false;
        }
        return session.inTransaction(() -> {
            if (!session.isTrue(TURN) || exists(day)) {
                return false;
            }
            session.takeFromVacuum(defaultPartition());
            session.allow(limits.locked());
            attach(day);
            return true;
        });
    }

    /**
     * With a default partition of any size. First it is excluded that claims of the day get into it, and then read whether
     * there are any, for which nobody waits; so attaching need not. Meanwhile such a claim fails, and is tried again: this is
     * for days on which nobody claims yet. If the process ends before it is through, that lasts until the next round, which
     * begins with {@link #readmit}.
     *
     * @return false if there is a reason not to, as with {@link #create}
     */
    boolean createBesideClaims(LocalDate day) throws SQLException {
        String exclusion = EXCLUSION_PREFIX + DAY.format(day);
        boolean excluded = session.inTransaction(() -> {
            if (!session.isTrue(TURN) || exists(day)) {
                return false;
            }
            session.takeFromVacuum(defaultPartition());
            session.execute(EXCLUDE.formatted(schema, exclusion, day, day.plusDays(1)));
            return true;
        });
        return excluded
                && orReadmit(() -> session.patiently(() -> session.inTransaction(() -> {
                    // The turn is kept from here to the end, so that nobody takes the constraint for one that was left.
                    if (!session.isTrue(TURN)) {
                        return false;
                    }
                    session.takeFromVacuum(defaultPartition());
                    session.allow(limits.scan());
                    session.execute(
                            "ALTER TABLE %s.walpost_inbox_default VALIDATE CONSTRAINT %s".formatted(schema, exclusion));
                    session.allow(limits.locked());
                    attach(day);
                    drop(exclusion);
                    return true;
                })));
    }

    /**
     * Has the default partition take all claims again, after somebody who could not end {@link #createBesideClaims}.
     *
     * @return false if another is at work, perhaps that one's session, and claims are still kept out
     */
    boolean readmit() throws SQLException {
        List<String> left = session.names(EXCLUSIONS.formatted(schema, EXCLUSION_PREFIX));
        return left.isEmpty()
                || session.inTransaction(() -> {
                    if (!session.isTrue(TURN)) {
                        return false;
                    }
                    session.takeFromVacuum(defaultPartition());
                    session.allow(limits.locked());
                    for (String exclusion : left) {
                        drop(exclusion);
                    }
                    return true;
                });
    }

    /**
     * Looks without a lock first, which is mostly enough to know that it must stay. The second time nobody can claim in the
     * partition, which is that of a day long ago; everywhere else they do.
     */
    boolean dropUnlessClaimedSince(LocalDate day, Instant since) throws SQLException {
        String claimed =
                "SELECT EXISTS (SELECT FROM %s.%s WHERE claimed_at >= '%s')".formatted(schema, name(day), since);
        InboxSession.Work<Boolean> look = () -> {
            session.allow(limits.step());
            session.execute(BY_ANY_INDEX);
            return session.isTrue(claimed);
        };
        return !session.inTransaction(look)
                && session.inTransaction(() -> {
                    session.takeFromVacuum(schema + "." + name(day));
                    session.execute("LOCK TABLE %s.%s IN SHARE MODE".formatted(schema, name(day)));
                    if (look.run()) {
                        return false;
                    }
                    session.execute("DROP TABLE %s.%s".formatted(schema, name(day)));
                    return true;
                });
    }

    /**
     * Some of them, the oldest.
     *
     * @param from none is older: what is deleted stays in the index for a while, and need not be read again
     */
    Deleted deleteClaimed(String partition, Instant from, Instant cutoff) throws SQLException {
        String sql = """
                WITH deleted AS (
                    DELETE FROM %1$s.%2$s WHERE ctid = ANY (ARRAY(
                        SELECT ctid FROM %1$s.%2$s WHERE claimed_at >= ? AND claimed_at < ? ORDER BY claimed_at LIMIT %3$d))
                    RETURNING claimed_at)
                SELECT count(*), max(claimed_at) FROM deleted
                """.formatted(schema, partition, ROWS_AT_ONCE);
        return session.inTransaction(() -> {
            session.allow(limits.step());
            session.execute(BY_INDEX);
            try (PreparedStatement delete = session.prepare(sql)) {
                delete.setObject(1, from.atOffset(ZoneOffset.UTC));
                delete.setObject(2, cutoff.atOffset(ZoneOffset.UTC));
                try (ResultSet row = delete.executeQuery()) {
                    row.next();
                    OffsetDateTime last = row.getObject(2, OffsetDateTime.class);
                    return new Deleted(row.getInt(1), last == null ? cutoff : last.toInstant());
                }
            }
        });
    }

    /**
     * @param rows how many; fewer than {@link #ROWS_AT_ONCE} if those were all
     * @param upTo when the last of them was claimed
     */
    record Deleted(int rows, Instant upTo) {}

    private static void addDay(String partition, SortedSet<LocalDate> days) {
        try {
            days.add(LocalDate.parse(partition.substring(PREFIX.length()), DAY));
        } catch (DateTimeParseException | IndexOutOfBoundsException e) {
            // One of another kind, or of another's making: nothing to us.
        }
    }

    private String defaultPartition() {
        return schema + ".walpost_inbox_default";
    }

    private static String name(LocalDate day) {
        return PREFIX + DAY.format(day);
    }

    private boolean exists(LocalDate day) throws SQLException {
        return session.isTrue("SELECT to_regclass('%s.%s') IS NOT NULL".formatted(schema, name(day)));
    }

    private void attach(LocalDate day) throws SQLException {
        session.execute(CREATE.formatted(schema, name(day), day, day.plusDays(1)));
    }

    private void drop(String exclusion) throws SQLException {
        session.execute(
                "ALTER TABLE %s.walpost_inbox_default DROP CONSTRAINT IF EXISTS %s".formatted(schema, exclusion));
    }

    private boolean orReadmit(InboxSession.Work<Boolean> step) throws SQLException {
        try {
            boolean done = step.run();
            if (!done) {
                readmitSoon();
            }
            return done;
        } catch (SQLException e) {
            try {
                readmitSoon();
            } catch (SQLException again) {
                e.addSuppressed(again);
                throw e;
            }
            if (CHECK_VIOLATION.equals(e.getSQLState())) {
                return false;
            }
            throw e;
        }
    }

    /** Who is in the way for longer has it left for the next round. */
    private void readmitSoon() throws SQLException {
        for (int attempt = 1; ; attempt++) {
            try {
                if (readmit() || attempt == ATTEMPTS_TO_READMIT) {
                    return;
                }
            } catch (SQLException e) {
                if (attempt == ATTEMPTS_TO_READMIT || session.isClosed()) {
                    throw e;
                }
            }
        }
    }
}
