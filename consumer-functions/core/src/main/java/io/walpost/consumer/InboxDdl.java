package io.walpost.consumer;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.LocalDate;
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

    private static final DateTimeFormatter DAY = DateTimeFormatter.BASIC_ISO_DATE;

    private static final String IMPATIENTLY = "SET LOCAL lock_timeout = '500ms'";

    /** Attaching reads the default partition under the lock. */
    private static final String BRIEFLY = "SET LOCAL statement_timeout = '1s'";

    /** Instances take turns; who does not get it has nothing to do. */
    private static final String TURN = "SELECT pg_try_advisory_xact_lock(hashtext('walpost_inbox'))";

    private static final String SCHEMA = """
            SELECT quote_ident(nspname) FROM pg_class JOIN pg_namespace ON pg_namespace.oid = relnamespace
            WHERE pg_class.oid = 'walpost_inbox'::regclass
            """;

    private static final String PARTITIONS = """
            SELECT relname FROM pg_inherits JOIN pg_class ON pg_class.oid = inhrelid
            WHERE inhparent = 'walpost_inbox'::regclass
            """;

    // Not CREATE TABLE … PARTITION OF, which waits for all that is going on in the table, and has everybody else wait
    // behind it. Attaching locks the default partition only.
    private static final String CREATE = """
            CREATE TABLE %1$s.%2$s (LIKE %1$s.walpost_inbox INCLUDING ALL);
            ALTER TABLE %1$s.walpost_inbox ATTACH PARTITION %1$s.%2$s FOR VALUES FROM ('%3$s') TO ('%4$s')
            """;

    private final Connection connection;
    private final String schema;

    InboxDdl(Connection connection) throws SQLException {
        this.connection = connection;
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(SCHEMA)) {
            row.next();
            this.schema = row.getString(1);
        }
    }

    /** Those that have a partition. */
    SortedSet<LocalDate> days() throws SQLException {
        SortedSet<LocalDate> days = new TreeSet<>();
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(PARTITIONS)) {
            while (row.next()) {
                addDay(row.getString(1), days);
            }
        }
        return days;
    }

    /** False if there is a reason not to: claims of the day are in the default partition, or somebody else is at it. */
    boolean create(LocalDate day) throws SQLException {
        String exists = "SELECT EXISTS (SELECT FROM %s.walpost_inbox_default WHERE event_day = '%s')";
        if (isTrue(exists.formatted(schema, day))) {
            return false;
        }
        return inTransaction(() -> {
            if (!isTrue(TURN) || isTrue("SELECT to_regclass('%s.%s') IS NOT NULL".formatted(schema, name(day)))) {
                return false;
            }
            execute(BRIEFLY);
            execute(CREATE.formatted(schema, name(day), day, day.plusDays(1)));
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
        return !isTrue(claimed)
                && inTransaction(() -> {
                    execute("LOCK TABLE %s.%s IN SHARE MODE".formatted(schema, name(day)));
                    if (isTrue(claimed)) {
                        return false;
                    }
                    execute("DROP TABLE %s.%s".formatted(schema, name(day)));
                    return true;
                });
    }

    /** Some of them. */
    int deleteClaimedBefore(String partition, Instant cutoff) throws SQLException {
        String sql = """
                DELETE FROM %1$s.%2$s WHERE ctid = ANY (ARRAY(
                    SELECT ctid FROM %1$s.%2$s WHERE claimed_at < ? LIMIT %3$d))
                """.formatted(schema, partition, ROWS_AT_ONCE);
        try (PreparedStatement delete = connection.prepareStatement(sql)) {
            delete.setObject(1, cutoff.atOffset(ZoneOffset.UTC));
            return delete.executeUpdate();
        }
    }

    private static void addDay(String partition, SortedSet<LocalDate> days) {
        try {
            days.add(LocalDate.parse(partition.substring(PREFIX.length()), DAY));
        } catch (DateTimeParseException | IndexOutOfBoundsException e) {
            // One of another kind, or of another's making: nothing to us.
        }
    }

    private static String name(LocalDate day) {
        return PREFIX + DAY.format(day);
    }

    private boolean inTransaction(Step step) throws SQLException {
        connection.setAutoCommit(false);
        try {
            execute(IMPATIENTLY);
            boolean done = step.run();
            connection.commit();
            return done;
        } catch (SQLException e) {
            connection.rollback();
            throw e;
        } finally {
            connection.setAutoCommit(true);
        }
    }

    private void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private boolean isTrue(String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getBoolean(1);
        }
    }

    @FunctionalInterface
    private interface Step {
        boolean run() throws SQLException;
    }
}
