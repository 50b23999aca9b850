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
import java.util.List;
import java.util.Objects;
import java.util.Set;
import javax.sql.DataSource;

/**
 * Keeps the table of {@link JdbcInbox} in shape: a partition for each of the days whose events can still come and of the
 * coming ones, none for days whose claims nobody needs any more, and none of those in the two partitions that are not of
 * one day.
 *
 * <p>Holds up claims for no longer than a lock timeout, half a second: what would take longer is left for the next round. So
 * rounds have to be made again and again, say every hour. No size of the table keeps a round from going on: while the
 * default partition is large, it gets partitions for the days ahead only, so that in two days it grows no more, and is
 * cleaned. A role that may not change the schema can do without: claims then go to the default partition. Several instances
 * may do this at a time, each of them on one thread.
 */
public final class InboxPartitions {

    private static final Logger LOG = System.getLogger(InboxPartitions.class.getName());

    /** What lies before is for the default partition: a partition for each day of years would be too many. */
    private static final int DAYS_BACK_AT_MOST = 31;

    /** On these days claims may be made already, also by somebody whose clock is ahead. */
    private static final int DAYS_IN_USE = 2;

    private final DataSource dataSource;
    private final Clock clock;
    private final Duration retention;
    private final int daysAhead;
    private final InboxLimits limits;
    private boolean mayDefine = true;
    private boolean mayDelete = true;

    /**
     * What a round did.
     *
     * @param created partitions
     * @param dropped partitions
     * @param deleted rows of the partitions that are not of one day
     * @param complete false if something is left for the next round, because others were in the way or time ran out
     * @param permitted false if the role lacks a right, so that nothing more of the kind is tried
     */
    public record Report(int created, int dropped, long deleted, boolean complete, boolean permitted) {}

    /**
     * @param dataSource gives connections outside of any other transaction
     * @param retention how long a claim is needed: longer than the topic keeps its records, and a day at least
     * @param daysAhead for how many days to come there is to be a partition, so that as many days without a round do no harm
     */
    public InboxPartitions(DataSource dataSource, Clock clock, Duration retention, int daysAhead) {
        this(dataSource, clock, retention, daysAhead, InboxLimits.DEFAULT);
    }

    InboxPartitions(DataSource dataSource, Clock clock, Duration retention, int daysAhead, InboxLimits limits) {
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
        this.limits = limits;
    }

    /**
     * One round. A part that fails keeps none of the others from being done.
     *
     * @param patience ends it early
     * @throws SQLException if the database does not answer, or has no such table
     */
    public Report maintain(Patience patience) throws SQLException {
        try (Connection connection = dataSource.getConnection()) {
            Round round = new Round(new InboxDdl(connection, limits), patience);
            SQLException failure = null;
            for (Part part : List.<Part>of(round::create, round::drop, round::delete)) {
                try {
                    part.run();
                } catch (SQLException e) {
                    if (failure == null) {
                        failure = e;
                    } else {
                        failure.addSuppressed(e);
                    }
                }
            }
            if (failure != null) {
                throw failure;
            }
            return new Report(round.created, round.dropped, round.deleted, round.complete, mayDefine && mayDelete);
        }
    }

    private final class Round {

        private final InboxDdl inbox;
        private final Patience patience;
        private final Instant now = clock.instant();
        private final Instant cutoff = now.minus(retention);
        private final LocalDate today = LocalDate.ofInstant(now, ZoneOffset.UTC);
        private final LocalDate oldest = LocalDate.ofInstant(cutoff, ZoneOffset.UTC);
        private int created;
        private int dropped;
        private long deleted;
        private boolean complete = true;

        Round(InboxDdl inbox, Patience patience) {
            this.inbox = inbox;
            this.patience = patience;
        }

        /** The furthest first: of what is left half done, claims are the longest in coming. */
        void create() throws SQLException {
            InboxAnswer readmitted = mayGoOn() ? define(inbox::readmit) : InboxAnswer.OTHERS_ARE_IN_THE_WAY;
            if (readmitted != InboxAnswer.DONE) {
                // Claims of a day may still be kept out of the default partition, while another is at work.
                complete &= !mayDefine;
                return;
            }
            boolean isSmall = inbox.isDefaultSmall();
            LocalDate first = isSmall ? firstDay() : today.plusDays(DAYS_IN_USE);
            Set<LocalDate> existing = inbox.days();
            for (LocalDate day = today.plusDays(daysAhead); !day.isBefore(first); day = day.minusDays(1)) {
                LocalDate current = day;
                if (existing.contains(current)) {
                    continue;
                }
                InboxAnswer answer = mayGoOn()
                        ? define(() -> isSmall ? inbox.create(current) : inbox.createBesideClaims(current))
                        : InboxAnswer.OTHERS_ARE_IN_THE_WAY;
                switch (answer) {
                    case DONE -> created++;
                    case NOT_DONE, NOT_PERMITTED -> {}
                    // Who was in the way of one is in the way of the next, and every attempt holds up others for a
                    // while.
                    case TOOK_TOO_LONG, OTHERS_ARE_IN_THE_WAY -> {
                        return;
                    }
                }
            }
        }

        private LocalDate firstDay() {
            LocalDate first = today.minusDays(DAYS_BACK_AT_MOST);
            return first.isBefore(oldest) ? oldest : first;
        }

        /** Of what lies before the cutoff; a claim in it can still be young, because the event's time is the event's. */
        void drop() throws SQLException {
            if (!mayDefine) {
                return;
            }
            for (LocalDate day : inbox.days().headSet(oldest)) {
                InboxAnswer answer = mayGoOn()
                        ? define(() -> inbox.dropUnlessClaimedSince(day, cutoff))
                        : InboxAnswer.OTHERS_ARE_IN_THE_WAY;
                switch (answer) {
                    case DONE -> dropped++;
                    // That one is too large does not say anything of the next.
                    case NOT_DONE, NOT_PERMITTED, TOOK_TOO_LONG -> {}
                    case OTHERS_ARE_IN_THE_WAY -> {
                        return;
                    }
                }
            }
        }

        void delete() throws SQLException {
            for (String partition : InboxDdl.NOT_OF_ONE_DAY) {
                try {
                    deleteFrom(partition);
                } catch (SQLException e) {
                    if (InboxAnswer.of(e) == InboxAnswer.NOT_PERMITTED) {
                        mayDelete = false;
                        LOG.log(
                                Level.WARNING,
                                "The inbox grows, because this role may not delete from the partitions {0} ({1});"
                                        + " grant it that, or have the owner of the table do it",
                                InboxDdl.NOT_OF_ONE_DAY,
                                e.getSQLState());
                    } else {
                        complete = false;
                        LOG.log(Level.DEBUG, "Others were in the way of cleaning the inbox", e);
                    }
                }
            }
        }

        private void deleteFrom(String partition) throws SQLException {
            InboxDdl.Deleted last = new InboxDdl.Deleted(InboxDdl.ROWS_AT_ONCE, Instant.EPOCH);
            while (mayDelete && last.rows() == InboxDdl.ROWS_AT_ONCE && mayGoOn()) {
                last = inbox.deleteClaimed(partition, last.upTo(), cutoff);
                deleted += last.rows();
            }
        }

        private boolean mayGoOn() {
            complete &= !patience.isOver();
            return !patience.isOver();
        }

        private InboxAnswer define(Definition definition) throws SQLException {
            if (!mayDefine) {
                return InboxAnswer.NOT_PERMITTED;
            }
            try {
                return definition.run() ? InboxAnswer.DONE : InboxAnswer.NOT_DONE;
            } catch (SQLException e) {
                InboxAnswer answer = InboxAnswer.of(e);
                if (answer == InboxAnswer.NOT_PERMITTED) {
                    mayDefine = false;
                    LOG.log(
                            Level.INFO,
                            "The inbox gets no partitions, because this role may not make any ({0}); claims go to the"
                                    + " default partition, from which they are deleted after {1}",
                            e.getSQLState(),
                            retention.truncatedTo(ChronoUnit.SECONDS));
                } else {
                    complete = false;
                    LOG.log(Level.DEBUG, "Others were in the way of the inbox's partitions", e);
                }
                return answer;
            }
        }
    }

    @FunctionalInterface
    private interface Part {
        void run() throws SQLException;
    }

    @FunctionalInterface
    private interface Definition {
        boolean run() throws SQLException;
    }
}
