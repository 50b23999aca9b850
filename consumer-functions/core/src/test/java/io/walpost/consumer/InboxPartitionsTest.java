package io.walpost.consumer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.awaitility.Awaitility.await;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.postgresql.ds.PGSimpleDataSource;

@Timeout(60)
class InboxPartitionsTest {

    private static final Instant NOW = Instant.now();
    private static final Duration RETENTION = Duration.ofDays(10);
    private static final int DAYS_AHEAD = 3;

    /** With today. */
    private static final int DAYS = 10 + 1 + DAYS_AHEAD;

    private static final int MANY = 200_000;

    /** Whatever its size, the default partition is large. */
    private static final InboxLimits NOTHING_IS_SMALL = new InboxLimits(
            Duration.ofMillis(500),
            Duration.ofSeconds(5),
            Duration.ofSeconds(1),
            Duration.ofSeconds(1),
            Duration.ofMinutes(1),
            0);

    private static TransactionalDatabase database;

    @BeforeAll
    static void start() throws SQLException {
        database = new TransactionalDatabase();
    }

    @AfterAll
    static void stop() {
        database.close();
    }

    @BeforeEach
    void empty() throws SQLException {
        try (Connection connection = database.dataSource.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("TRUNCATE walpost_inbox, effect");
            statement.execute("""
                    DO $$ DECLARE name text; BEGIN
                      FOR name IN SELECT relname FROM pg_class WHERE relname ~ '^walpost_inbox_\\d{8}$' LOOP
                        EXECUTE 'DROP TABLE ' || name;
                      END LOOP; END $$
                    """);
        }
    }

    @Test
    void makesAPartitionForEachDayFromTheRetentionToTheDaysToComeOnce() throws Exception {
        assertThat(at(NOW).maintain(new Shutdown())).isEqualTo(report(DAYS, 0, 0, true));
        assertThat(at(NOW).maintain(new Shutdown())).isEqualTo(report(0, 0, 0, true));
        assertThat(at(NOW.plus(Duration.ofDays(2))).maintain(new Shutdown())).isEqualTo(report(2, 2, 0, true));

        UUID id = UUID.randomUUID();
        assertThat(apply(event(id, NOW))).isEqualTo(new Outcome.Applied());
        assertThat(apply(event(id, NOW))).isEqualTo(new Outcome.Duplicate());
        assertThat(database.count(partition(NOW))).isEqualTo(1);

        Instant first = NOW.minus(RETENTION).plus(Duration.ofDays(2));
        assertThat(apply(event(UUID.randomUUID(), first))).isEqualTo(new Outcome.Applied());
        assertThat(database.count(partition(first))).isEqualTo(1);
        assertThat(database.count("walpost_inbox_default")).isZero();
    }

    @Test
    void dropsDaysWhoseClaimsNobodyNeedsAnyMore() throws Exception {
        at(NOW).maintain(new Shutdown());
        apply(event(UUID.randomUUID(), NOW));

        assertThat(at(NOW.plus(RETENTION)).maintain(new Shutdown()).dropped())
                .as("those before")
                .isEqualTo(DAYS - 1 - DAYS_AHEAD);
        // Two days later, by its day; by the database's clock the claim is old enough then, too.
        assertThat(at(NOW.plus(RETENTION).plus(Duration.ofDays(2)))
                        .maintain(new Shutdown())
                        .dropped())
                .isEqualTo(2);
        assertThat(database.count("walpost_inbox")).isZero();
    }

    @Test
    void keepsAClaimThatIsYoungThoughItsEventIsOld() throws Exception {
        Instant old = NOW.minus(Duration.ofDays(30));
        at(old).maintain(new Shutdown());
        apply(event(UUID.randomUUID(), old));

        assertThat(at(NOW).maintain(new Shutdown()).dropped())
                .as("all but its day")
                .isEqualTo(DAYS - 1);
        assertThat(database.count(partition(old))).isEqualTo(1);
    }

    @Test
    void cleansWhatIsNotOfOneDayInSmallPieces() throws Exception {
        for (String day : List.of("1970-01-01", "2001-01-01")) {
            database.execute("INSERT INTO walpost_inbox SELECT 'test', gen_random_uuid(), '" + day
                    + "', now() - interval '11 days' FROM generate_series(1, 2500)");
            database.execute("INSERT INTO walpost_inbox SELECT 'test', gen_random_uuid(), '" + day
                    + "', now() - interval '9 days' FROM generate_series(1, 7)");
        }

        assertThat(at(NOW).maintain(new Shutdown()).deleted()).isEqualTo(5000);
        assertThat(database.count("walpost_inbox_undated")).isEqualTo(7);
        assertThat(database.count("walpost_inbox_default")).isEqualTo(7);
    }

    @Test
    void leavesADayInTheDefaultPartitionThatHasClaimsThere() throws Exception {
        apply(event(UUID.randomUUID(), NOW));

        assertThat(at(NOW).maintain(new Shutdown())).isEqualTo(report(DAYS - 1, 0, 0, true));
        assertThat(apply(event(UUID.randomUUID(), NOW))).isEqualTo(new Outcome.Applied());
        assertThat(database.count("walpost_inbox_default")).isEqualTo(2);
    }

    /** The one thing that an inbox must never do is stand still. */
    @Test
    void neitherWaitsForAnOpenTransactionNorHoldsUpOthers() throws Exception {
        Instant old = NOW.minus(Duration.ofDays(30));
        at(old).maintain(new Shutdown());
        try (Connection open = database.dataSource.getConnection();
                Statement statement = open.createStatement()) {
            open.setAutoCommit(false);
            statement.execute("INSERT INTO walpost_inbox VALUES ('test', gen_random_uuid(), '2001-01-01')");

            CompletableFuture<InboxPartitions.Report> round = CompletableFuture.supplyAsync(
                    () -> {
                        try {
                            return at(NOW).maintain(new Shutdown());
                        } catch (SQLException e) {
                            throw new IllegalStateException(e);
                        }
                    },
                    Thread::startVirtualThread);
            int claims = 0;
            Duration longest = Duration.ZERO;
            while (!round.isDone() || claims < 10) {
                long began = System.nanoTime();
                assertThat(apply(event(UUID.randomUUID(), NOW))).isEqualTo(new Outcome.Applied());
                Duration taken = Duration.ofNanos(System.nanoTime() - began);
                longest = taken.compareTo(longest) > 0 ? taken : longest;
                claims++;
            }

            InboxPartitions.Report report = round.get(30, TimeUnit.SECONDS);
            assertThat(report.complete())
                    .as("what is in the way is left for later")
                    .isFalse();
            assertThat(report.dropped()).isZero();
            assertThat(longest).as("of %d claims", claims).isLessThan(Duration.ofSeconds(5));
            open.rollback();
        }

        InboxPartitions.Report later = at(NOW).maintain(new Shutdown());
        assertThat(later.complete()).isTrue();
        assertThat(later.dropped()).isEqualTo(DAYS);
    }

    /** Attaching waits for the default partition only: a transaction that claims for a day is no hindrance. */
    @Test
    void makesPartitionsBesideAnOpenTransaction() throws Exception {
        at(NOW).maintain(new Shutdown());
        try (Connection open = database.dataSource.getConnection();
                Statement statement = open.createStatement()) {
            open.setAutoCommit(false);
            statement.execute(
                    "INSERT INTO walpost_inbox VALUES ('test', gen_random_uuid(), (now() AT TIME ZONE 'UTC')::date)");

            assertThat(at(NOW.plus(Duration.ofDays(1))).maintain(new Shutdown()).created())
                    .isEqualTo(1);

            open.rollback();
        }
    }

    @Test
    void sharesTheWorkWithOtherInstances() throws Exception {
        List<CompletableFuture<Integer>> rounds = List.of(1, 2, 3, 4).stream()
                .map(instance -> CompletableFuture.supplyAsync(
                        () -> {
                            try {
                                return at(NOW).maintain(new Shutdown()).created();
                            } catch (SQLException e) {
                                throw new IllegalStateException(e);
                            }
                        },
                        Thread::startVirtualThread))
                .toList();
        int created = 0;
        for (CompletableFuture<Integer> round : rounds) {
            created += round.get(30, TimeUnit.SECONDS);
        }
        created += at(NOW).maintain(new Shutdown()).created();
        assertThat(created).isEqualTo(DAYS);
    }

    @Test
    void doesWithoutTheRightToChangeTheSchema() throws Exception {
        database.execute("DROP ROLE IF EXISTS claimer");
        database.execute("CREATE ROLE claimer LOGIN PASSWORD 'claimer'");
        database.execute("GRANT SELECT, INSERT, DELETE ON walpost_inbox TO claimer");
        try {
            InboxPartitions partitions =
                    new InboxPartitions(claimer(), Clock.fixed(NOW, ZoneOffset.UTC), RETENTION, DAYS_AHEAD);

            InboxPartitions.Report refused = new InboxPartitions.Report(0, 0, 0, true, false);
            assertThat(partitions.maintain(new Shutdown())).isEqualTo(refused);
            assertThat(partitions.maintain(new Shutdown())).isEqualTo(refused);

            database.execute("GRANT SELECT, DELETE ON walpost_inbox_default, walpost_inbox_undated TO claimer");
            database.execute("INSERT INTO walpost_inbox VALUES"
                    + " ('test', gen_random_uuid(), '2001-01-01', now() - interval '11 days')");
            assertThat(new InboxPartitions(claimer(), Clock.fixed(NOW, ZoneOffset.UTC), RETENTION, DAYS_AHEAD)
                            .maintain(new Shutdown()))
                    .isEqualTo(new InboxPartitions.Report(0, 0, 1, true, false));
        } finally {
            database.execute("DROP OWNED BY claimer");
            database.execute("DROP ROLE claimer");
        }
    }

    @Test
    void doesNothingOnceThePatienceHasEnded() throws Exception {
        Shutdown shutdown = new Shutdown();
        shutdown.begin();
        assertThat(at(NOW).maintain(shutdown)).isEqualTo(report(0, 0, 0, false));
    }

    @Test
    void refusesARetentionThatForgetsTooSoon() {
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        new InboxPartitions(database.dataSource, Clock.systemUTC(), Duration.ofHours(23), DAYS_AHEAD));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new InboxPartitions(database.dataSource, Clock.systemUTC(), RETENTION, 0));
    }

    /**
     * As a consumer leaves it that began with years of history, or was away for weeks: to read it takes longer than any claim
     * may wait.
     */
    @Test
    void doesNotStandStillBesideALargeDefaultPartition() throws Exception {
        at(NOW.minus(Duration.ofDays(40))).maintain(new Shutdown());
        database.execute("INSERT INTO walpost_inbox SELECT 'test', gen_random_uuid(), '2001-01-01',"
                + " now() - interval '9 days' FROM generate_series(1, " + MANY + ")");
        InboxLimits impatient = new InboxLimits(
                Duration.ofMillis(500),
                Duration.ofSeconds(5),
                Duration.ofMillis(8),
                Duration.ofSeconds(1),
                Duration.ofMinutes(1),
                1 << 20);

        InboxPartitions.Report before =
                at(NOW, readingWhateverItsSize(impatient)).maintain(new Shutdown());
        assertThat(before).as("attached by reading all of it").isEqualTo(report(0, DAYS, 0, false));

        AtomicInteger created = new AtomicInteger();
        await().atMost(Duration.ofSeconds(30)).pollDelay(Duration.ZERO).until(() -> {
            InboxPartitions.Report report = at(NOW, impatient).maintain(new Shutdown());
            created.addAndGet(report.created());
            return report.complete();
        });
        assertThat(created.get()).as("from the day after tomorrow on").isEqualTo(DAYS_AHEAD - 1);
        assertThat(exclusions()).isZero();
        assertThat(apply(event(UUID.randomUUID(), NOW))).isEqualTo(new Outcome.Applied());
        assertThat(database.count("walpost_inbox_default")).isEqualTo(MANY + 1);
        Instant soon = NOW.plus(Duration.ofDays(2));
        assertThat(apply(event(UUID.randomUUID(), soon))).isEqualTo(new Outcome.Applied());
        assertThat(database.count(partition(soon))).isEqualTo(1);

        assertThat(at(NOW.plus(Duration.ofDays(2)), readingWhateverItsSize(impatient))
                        .maintain(new Shutdown())
                        .deleted())
                .isEqualTo(MANY);
    }

    @Test
    void leavesADayToALargeDefaultPartitionThatHasClaimsThere() throws Exception {
        Instant soon = NOW.plus(Duration.ofDays(3));
        apply(event(UUID.randomUUID(), soon));

        assertThat(at(NOW, NOTHING_IS_SMALL).maintain(new Shutdown())).isEqualTo(report(DAYS_AHEAD - 2, 0, 0, true));
        assertThat(exclusions()).isZero();
        assertThat(apply(event(UUID.randomUUID(), soon))).isEqualTo(new Outcome.Applied());
    }

    /** Which takes hours in a large one, and gives way to nobody who waits for less than a second. */
    @Test
    void doesNotWaitForAnAutovacuumOfTheDefaultPartition() throws Exception {
        database.execute("INSERT INTO walpost_inbox SELECT 'test', gen_random_uuid(), '2001-01-01'"
                + " FROM generate_series(1, 20000)");
        database.execute("DELETE FROM walpost_inbox");
        database.execute(
                "ALTER TABLE walpost_inbox_default"
                        + " SET (autovacuum_vacuum_threshold = 1, autovacuum_vacuum_cost_limit = 1, autovacuum_vacuum_cost_delay = 100)");
        database.execute("ALTER SYSTEM SET autovacuum_naptime = '1s'");
        database.execute("SELECT pg_reload_conf()");
        try {
            await().atMost(Duration.ofSeconds(30)).until(() -> vacuums() == 1);

            assertThat(at(NOW).maintain(new Shutdown())).isEqualTo(report(DAYS, 0, 0, true));

            await().atMost(Duration.ofSeconds(30)).until(() -> vacuums() == 1);
            assertThat(at(NOW.plus(Duration.ofDays(1)), NOTHING_IS_SMALL).maintain(new Shutdown()))
                    .isEqualTo(report(1, 1, 0, true));
        } finally {
            database.execute("ALTER SYSTEM RESET autovacuum_naptime");
            database.execute("ALTER TABLE walpost_inbox_default RESET"
                    + " (autovacuum_vacuum_threshold, autovacuum_vacuum_cost_limit, autovacuum_vacuum_cost_delay)");
            database.execute("SELECT pg_reload_conf()");
        }
    }

    @Test
    void takesAwayWhatAProcessLeftThatWasKilled() throws Exception {
        LocalDate day = LocalDate.ofInstant(NOW, ZoneOffset.UTC).plusDays(2);
        String name = "walpost_inbox_without_" + DateTimeFormatter.BASIC_ISO_DATE.format(day);
        database.execute("ALTER TABLE walpost_inbox_default ADD CONSTRAINT " + name + " CHECK (event_day < '" + day
                + "' OR event_day >= '" + day.plusDays(1) + "') NOT VALID");
        ReceivedEvent event = event(UUID.randomUUID(), NOW.plus(Duration.ofDays(2)));
        assertThat(apply(event)).isInstanceOfSatisfying(Outcome.Retry.class, retry -> assertThat(retry.failure())
                .isEqualTo(Failure.DATABASE_CONFLICT));

        try (Connection itsSession = database.dataSource.getConnection();
                Statement statement = itsSession.createStatement()) {
            itsSession.setAutoCommit(false);
            statement.execute("SELECT pg_advisory_xact_lock(hashtext('walpost_inbox'))");
            assertThat(at(NOW).maintain(new Shutdown()).complete())
                    .as("while the session of the one before is still at work")
                    .isFalse();
            assertThat(exclusions()).isOne();
            itsSession.rollback();
        }
        assertThat(at(NOW).maintain(new Shutdown())).isEqualTo(report(DAYS, 0, 0, true));
        assertThat(exclusions()).isZero();
        assertThat(apply(event)).isEqualTo(new Outcome.Applied());
    }

    @Test
    void dropsAndDeletesThoughItCannotMakeAny() throws Exception {
        at(NOW.minus(Duration.ofDays(40))).maintain(new Shutdown());
        database.execute("INSERT INTO walpost_inbox VALUES"
                + " ('test', gen_random_uuid(), '2001-01-01', now() - interval '11 days')");
        database.execute("CREATE FUNCTION refuse() RETURNS event_trigger LANGUAGE plpgsql AS"
                + " $$ BEGIN RAISE 'no more tables'; END $$");
        database.execute("CREATE EVENT TRIGGER refuse ON ddl_command_start WHEN TAG IN ('CREATE TABLE')"
                + " EXECUTE FUNCTION refuse()");
        try {
            assertThatExceptionOfType(SQLException.class)
                    .isThrownBy(() -> at(NOW).maintain(new Shutdown()))
                    .withMessageContaining("no more tables");
        } finally {
            database.execute("DROP EVENT TRIGGER refuse");
            database.execute("DROP FUNCTION refuse");
        }
        assertThat(database.count("walpost_inbox")).isZero();
        assertThat(database.count("pg_class WHERE relname ~ '^walpost_inbox_\\d{8}$'"))
                .isZero();
    }

    /** It was on its way into the default partition, where the server then refuses it with a violated constraint. */
    @Test
    void triesAClaimAgainThatWaitedForThePartitionOfItsDay() throws Exception {
        ReceivedEvent event = event(UUID.randomUUID(), NOW);
        LocalDate day = LocalDate.ofInstant(NOW, ZoneOffset.UTC);
        CompletableFuture<Outcome> claim;
        try (Connection open = database.dataSource.getConnection();
                Statement statement = open.createStatement()) {
            open.setAutoCommit(false);
            statement.execute("CREATE TABLE " + partition(NOW) + " (LIKE walpost_inbox INCLUDING ALL)");
            statement.execute("ALTER TABLE walpost_inbox ATTACH PARTITION " + partition(NOW) + " FOR VALUES FROM ('"
                    + day + "') TO ('" + day.plusDays(1) + "')");
            claim = CompletableFuture.supplyAsync(() -> applyUnchecked(event), Thread::startVirtualThread);
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> database.count("pg_locks JOIN pg_class ON relation = pg_class.oid"
                                    + " WHERE relname = 'walpost_inbox_default' AND NOT granted")
                            == 1);
            open.commit();
        }

        assertThat(claim.get(30, TimeUnit.SECONDS))
                .isInstanceOfSatisfying(Outcome.Retry.class, retry -> assertThat(retry.failure())
                        .isEqualTo(Failure.DATABASE_CONFLICT));
        assertThat(apply(event)).isEqualTo(new Outcome.Applied());
        assertThat(database.count(partition(NOW))).isEqualTo(1);
    }

    /** Of the default partition, that is. */
    private static int vacuums() throws SQLException {
        return database.count("pg_stat_progress_vacuum WHERE relid = 'walpost_inbox_default'::regclass");
    }

    private static int exclusions() throws SQLException {
        return database.count("pg_constraint WHERE conname LIKE 'walpost\\_inbox\\_without\\_%'");
    }

    private static InboxLimits readingWhateverItsSize(InboxLimits limits) {
        return new InboxLimits(
                limits.lock(), limits.vacuum(), limits.locked(), limits.step(), limits.scan(), Long.MAX_VALUE);
    }

    private static InboxPartitions at(Instant now, InboxLimits limits) {
        return new InboxPartitions(
                database.dataSource, Clock.fixed(now, ZoneOffset.UTC), RETENTION, DAYS_AHEAD, limits);
    }

    private static Outcome applyUnchecked(ReceivedEvent event) {
        try {
            return apply(event);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static DataSource claimer() {
        PGSimpleDataSource dataSource = new PGSimpleDataSource();
        dataSource.setUrl(database.url());
        dataSource.setUser("claimer");
        dataSource.setPassword("claimer");
        return dataSource;
    }

    private static InboxPartitions at(Instant now) {
        return new InboxPartitions(database.dataSource, Clock.fixed(now, ZoneOffset.UTC), RETENTION, DAYS_AHEAD);
    }

    private static InboxPartitions.Report report(int created, int dropped, long deleted, boolean complete) {
        return new InboxPartitions.Report(created, dropped, deleted, complete, true);
    }

    private static String partition(Instant time) {
        return "walpost_inbox_" + DateTimeFormatter.BASIC_ISO_DATE.format(LocalDate.ofInstant(time, ZoneOffset.UTC));
    }

    private static Outcome apply(ReceivedEvent event) throws Exception {
        return new IdempotentConsumer(
                        database.transaction, new JdbcInbox(database.dataSource, "test"), e -> new Outcome.Applied())
                .handle(List.of(event))
                .getFirst();
    }

    private static ReceivedEvent event(UUID id, Instant time) {
        return new ReceivedEvent(
                Events.COORDINATES,
                id,
                "order",
                "42",
                Optional.empty(),
                Optional.of(time),
                Optional.empty(),
                Optional.empty(),
                null,
                Optional.empty());
    }
}
