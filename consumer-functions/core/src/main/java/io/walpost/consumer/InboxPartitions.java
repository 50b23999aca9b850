package io.walpost.consumer;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import javax.sql.DataSource;

/**
 * Keeps the table of {@link JdbcInbox} in shape: a partition for each of the coming days, none for days whose claims nobody
 * needs any more, and none of those in the two partitions that are not of one day.
 *
 * <p>Holds up claims for no longer than a lock timeout, half a second: what would take longer is left for the next round. So
 * rounds have to be made again and again, say every hour. A role that may not change the schema can do without: claims then
 * go to the default partition. Several instances may do this at a time, each of them on one thread.
 */
public final class InboxPartitions {

    private static final Logger LOG = System.getLogger(InboxPartitions.class.getName());

    private static final String INSUFFICIENT_PRIVILEGE = "42501";
    private static final String LOCK_NOT_AVAILABLE = "55P03";
    private static final String QUERY_CANCELED = "57014";
    private static final String DEADLOCK = "40P01";

    private final DataSource dataSource;
    private final Clock clock;
    private final Duration retention;
    private final int daysAhead;
    private boolean mayDefine = true;
    private boolean mayDelete = true;

    /**
     * What a round did.
     *
     * @param created partitions
     * @param dropped partitions
     * @param deleted rows of the partitions that are not of one day
     * @param complete false if something is left for the next round, because others were in the way or time ran out
     */
    public record Report(int created, int dropped, long deleted, boolean complete) {}

    /**
     * @param dataSource gives connections outside of any other transaction
     * @param retention how long a claim is needed: longer than the topic keeps its records, and a day at least
     * @param daysAhead for how many days to come there is to be a partition, so that as many days without a round do no harm
     */
    public InboxPartitions(DataSource dataSource, Clock clock, Duration retention, int daysAhead) {
        this.dataSource = Objects.requireNonNull(dataSource, "dataSource");
        this.clock = Objects.requireNonNull(clock, "clock");
        if (retention.compareTo(Duration.ofDays(1)) < 0) {
            throw new IllegalArgumentException("The retention must be a day at least: " + retention);
        }
        if (daysAhead < 1) {
            throw new IllegalArgumentException("There must be a partition for one day ahead at least: " + daysAhead);
        }
        this.retention = retention;
        this.daysAhead = daysAhead;
    }

    /**
     * One round.
     *
     * @param patience ends it early
     * @throws SQLException if the database does not answer, or has no such table
     */
    public Report maintain(Patience patience) throws SQLException {
        try (Connection connection = dataSource.getConnection()) {
            Round round = new Round(new InboxDdl(connection), patience);
            round.create();
            round.drop();
            round.delete();
            return new Report(round.created, round.dropped, round.deleted, round.complete);
        }
    }

    private final class Round {

        private final InboxDdl inbox;
        private final Patience patience;
        private final Instant cutoff = clock.instant().minus(retention);
        private int created;
        private int dropped;
        private long deleted;
        private boolean complete = true;

        Round(InboxDdl inbox, Patience patience) {
            this.inbox = inbox;
            this.patience = patience;
        }

        void create() throws SQLException {
            LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
            for (LocalDate day = today; !day.isAfter(today.plusDays(daysAhead)); day = day.plusDays(1)) {
                LocalDate current = day;
                if (!inbox.days().contains(current) && mayGoOn()) {
                    created += define(() -> inbox.create(current)) ? 1 : 0;
                }
            }
        }

        /** Of what lies before the cutoff; a claim in it can still be young, because the event's time is the event's. */
        void drop() throws SQLException {
            LocalDate oldest = LocalDate.ofInstant(cutoff, ZoneOffset.UTC);
            for (LocalDate day : inbox.days()) {
                if (day.isBefore(oldest) && mayGoOn()) {
                    dropped += define(() -> inbox.dropUnlessClaimedSince(day, cutoff)) ? 1 : 0;
                }
            }
        }

        void delete() throws SQLException {
            try {
                for (String partition : InboxDdl.NOT_OF_ONE_DAY) {
                    int now = InboxDdl.ROWS_AT_ONCE;
                    while (mayDelete && now == InboxDdl.ROWS_AT_ONCE && mayGoOn()) {
                        now = inbox.deleteClaimedBefore(partition, cutoff);
                        deleted += now;
                    }
                }
            } catch (SQLException e) {
                requireMissingRight(e);
                mayDelete = false;
                LOG.log(
                        Level.WARNING,
                        "The inbox grows, because this role may not delete from the partitions {0} ({1});"
                                + " grant it that, or have the owner of the table do it",
                        InboxDdl.NOT_OF_ONE_DAY,
                        e.getSQLState());
            }
        }

        private boolean mayGoOn() {
            complete &= !patience.isOver();
            return !patience.isOver();
        }

        /** True if it was done. */
        private boolean define(Definition definition) throws SQLException {
            if (!mayDefine || !complete) {
                // Who was in the way of one is in the way of the next, and every attempt holds up others for a while.
                return false;
            }
            try {
                return definition.run();
            } catch (SQLException e) {
                if (isInTheWay(e)) {
                    complete = false;
                    LOG.log(Level.DEBUG, "Others were in the way of the inbox's partitions", e);
                    return false;
                }
                requireMissingRight(e);
                mayDefine = false;
                LOG.log(
                        Level.INFO,
                        "The inbox gets no partitions, because this role may not make any ({0}); claims go to the default"
                                + " partition, from which they are deleted after {1}",
                        e.getSQLState(),
                        retention.truncatedTo(ChronoUnit.SECONDS));
                return false;
            }
        }
    }

    private static boolean isInTheWay(SQLException e) {
        return switch (String.valueOf(e.getSQLState())) {
            case LOCK_NOT_AVAILABLE, QUERY_CANCELED, DEADLOCK -> true;
            default -> false;
        };
    }

    private static void requireMissingRight(SQLException e) throws SQLException {
        if (!INSUFFICIENT_PRIVILEGE.equals(e.getSQLState())) {
            throw e;
        }
    }

    @FunctionalInterface
    private interface Definition {
        boolean run() throws SQLException;
    }
}
