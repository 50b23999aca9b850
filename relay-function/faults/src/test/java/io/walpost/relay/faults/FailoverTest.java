package io.walpost.relay.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.walpost.localstack.LocalPostgres;
import io.walpost.outbox.Lsn;
import io.walpost.relay.ManualStop;
import io.walpost.relay.RelayState;
import io.walpost.relay.backfill.ProgressListener;
import io.walpost.relay.backfill.Reconcile;
import io.walpost.relay.backfill.ReconcileReport;
import io.walpost.relay.backfill.ReconcileRequest;
import io.walpost.relay.backfill.RunSettings;
import io.walpost.relay.failure.FailureKind;
import io.walpost.relay.failure.RelayException;
import io.walpost.relay.publish.KafkaEventPublisher;
import io.walpost.relay.replication.RowSelection;
import io.walpost.relay.route.RoutingSettings;
import io.walpost.relay.testing.OutboxDatabase;
import io.walpost.relay.testing.RunningRelay;
import io.walpost.relay.testing.TopicReader;
import io.walpost.relay.testing.Workload;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The primary is killed under load, and its standby takes its place. */
class FailoverTest {

    private static final Logger LOG = LoggerFactory.getLogger(FailoverTest.class);
    private static final Duration PATIENCE = Duration.ofSeconds(120);
    private static final long SEED = 20_261_120;

    private final LocalPostgres primary = LocalPostgres.temporary();
    private final LocalPostgres standby = primary.standby();
    private TopicReader topic;

    @BeforeEach
    void start() {
        primary.start();
        standby.start();
    }

    @AfterEach
    void close() {
        if (topic != null) {
            topic.close();
        }
        standby.close();
        primary.close();
    }

    /** An outbox that applications and relay find on whichever server is the primary. */
    private OutboxDatabase outbox(boolean failover) {
        OutboxDatabase database = OutboxDatabase.on(primary, failover);
        topic = new TopicReader("outbox.event." + type(database));
        return database.at("jdbc:postgresql://127.0.0.1:%d,127.0.0.1:%d/%s?targetServerType=primary"
                .formatted(primary.port(), standby.port(), database.name()));
    }

    private static String type(OutboxDatabase database) {
        return "Failover-" + database.name();
    }

    private OutboxDatabase onStandby(OutboxDatabase database) {
        return database.at(standby.jdbcUrl(database.name()));
    }

    /** The standby takes a slot over once that needs no older log than the standby itself has. */
    private void awaitSlotOnStandby(OutboxDatabase database) {
        await().atMost(PATIENCE).until(() -> {
            database.execute("SELECT pg_log_standby_snapshot()");
            return "t"
                    .equals(onStandby(database)
                            .query("SELECT synced AND NOT temporary FROM pg_replication_slots WHERE slot_name = '"
                                    + database.slot() + "'"));
        });
    }

    @Test
    void losesNothingWhenTheStandbyKeptTheSlot() throws Exception {
        OutboxDatabase database = outbox(true);
        Map<String, Integer> expected;
        Lsn kept;
        long published;
        long notConfirmed;
        try (var relay = RunningRelay.on(database).streaming();
                var workload = Workload.start(database, type(database), 4, SEED)) {
            awaitSlotOnStandby(database);
            int atFirst = workload.committed();
            await().atMost(PATIENCE).until(() -> workload.committed() >= atFirst + 1_000);

            primary.kill();
            await().atMost(PATIENCE).until(() -> relay.metrics().state() == RelayState.BACKING_OFF);
            kept = onStandby(database).confirmedFlushLsn();
            published = relay.metrics().events();
            notConfirmed = topic.until((int) published).stream()
                    .filter(record -> !kept.isAfter(Lsn.parse(TopicReader.header(record, "walpost-lsn"))))
                    .count();
            standby.promote();

            relay.streaming();
            int afterwards = workload.committed();
            await().atMost(PATIENCE).until(() -> workload.committed() >= afterwards + 500);
            expected = workload.finish();
            topic.until(records -> Workload.isComplete(records, expected));
            assertThat(relay.metrics().errors(FailureKind.SLOT_LOST)).isZero();
        }
        int duplicates = Workload.verify(topic.poll(), expected);
        LOG.info("Of {} published events {} came twice", published, duplicates);
        assertThat(duplicates).as("what the standby's slot had not confirmed").isLessThanOrEqualTo((int) notConfirmed);
    }

    /** The commit of the last transaction that has arrived as a whole. */
    private static Lsn lastCommitOf(List<ConsumerRecord<byte[], byte[]>> records) {
        return records.stream()
                .filter(record -> TopicReader.header(record, "walpost-tx-last") != null)
                .map(record -> Lsn.parse(TopicReader.header(record, "walpost-lsn")))
                .max(Comparator.naturalOrder())
                .orElseThrow();
    }

    /** Where the promoted standby's log begins; what the primary wrote last may not have come to it. */
    private Lsn endOfTheSharedLog(OutboxDatabase database) {
        return firstLsnIn(onStandby(database).query("SELECT pg_read_file('pg_wal/00000002.history')"));
    }

    private static Lsn firstLsnIn(String text) {
        return Pattern.compile("[0-9A-F]+/[0-9A-F]+")
                .matcher(text)
                .results()
                .map(match -> Lsn.parse(match.group()))
                .findFirst()
                .orElseThrow(() -> new AssertionError("No position in: " + text));
    }

    @Test
    void stopsWithTheGapWhenTheStandbyHasNoSlotAndReconcileClosesIt() throws Exception {
        OutboxDatabase database = outbox(false);
        try (var workload = Workload.start(database, type(database), 4, SEED)) {
            RunningRelay relay = RunningRelay.on(database).streaming();
            await().atMost(PATIENCE).until(() -> relay.metrics().events() >= 1_000);
            primary.kill();
            await().atMost(PATIENCE).until(() -> relay.metrics().state() == RelayState.BACKING_OFF);
            Lsn lastPublished = lastCommitOf(topic.until((int) relay.metrics().events()));
            Lsn told = relay.metrics().acknowledgedLsn();
            standby.promote();

            RelayException failure = relay.failure();
            assertThat(failure.kind()).isEqualTo(FailureKind.SLOT_LOST);
            assertThat(failure)
                    .hasMessageContaining(database.slot())
                    .as("since when")
                    .hasMessageMatching("(?s).*\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d.*");
            Lsn named = firstLsnIn(failure.getMessage());
            Lsn shared = endOfTheSharedLog(database);
            if (told.isAfter(shared)) {
                assertThat(named).as("published, and unknown to the standby").isEqualTo(shared);
            } else {
                assertThat(named)
                        .as("the end of the last transaction of which all is published")
                        .isGreaterThan(lastPublished)
                        .isGreaterThanOrEqualTo(told);
            }
            assertThat(relay.metrics().state()).isEqualTo(RelayState.FAILED);

            // Nor does one that knows of no earlier slot begin anywhere by itself.
            assertThat(RunningRelay.on(database).failure().kind()).isEqualTo(FailureKind.PRECONDITION);
            assertThat(database.query("SELECT count(*) FROM pg_replication_slots"))
                    .isEqualTo("0");

            int inTheGap = awaitMore(workload, 100);
            database.execute("SELECT pg_create_logical_replication_slot('" + database.slot() + "', 'pgoutput')");
            try (var fresh = RunningRelay.on(database).streaming()) {
                awaitMore(workload, 100);
                Map<String, Integer> expected = workload.finish();
                ReconcileReport report = reconcile(database);
                assertThat(report.complete()).isTrue();
                assertThat(report.missing()).isEqualTo(report.published()).isGreaterThanOrEqualTo(inTheGap);
                topic.until(records -> Workload.isComplete(records, expected));
                assertThat(reconcile(database).missing()).isZero();
            }
        }
    }

    /** What it writes itself then lies where the lost log did, and none of it is published. */
    @Test
    void namesTheGapFromWhereAStandbyGoesItsOwnWayThatLacksTheLastOfTheLog() throws Exception {
        OutboxDatabase database = outbox(false);
        try (var workload = Workload.start(database, type(database), 4, SEED)) {
            RunningRelay relay = RunningRelay.on(database).streaming();
            awaitMore(workload, 100);
            OutboxDatabase there = onStandby(database);
            there.execute("ALTER SYSTEM SET primary_conninfo = ''");
            there.execute("SELECT pg_reload_conf()");
            await().atMost(PATIENCE).until(() -> there.query("SELECT count(*) FROM pg_stat_wal_receiver")
                    .equals("0"));
            Lsn received = Lsn.parse(there.query("SELECT pg_last_wal_receive_lsn()"));
            await().atMost(PATIENCE)
                    .until(() -> relay.metrics().acknowledgedLsn().isAfter(received));

            primary.kill();
            await().atMost(PATIENCE).until(() -> relay.metrics().state() == RelayState.BACKING_OFF);
            standby.promote();

            RelayException failure = relay.failure();
            assertThat(failure.kind()).isEqualTo(FailureKind.SLOT_LOST);
            assertThat(firstLsnIn(failure.getMessage()))
                    .isLessThanOrEqualTo(received)
                    .isEqualTo(endOfTheSharedLog(database));
        }
    }

    /** Returns how many more transactions were committed. */
    private static int awaitMore(Workload workload, int transactions) {
        int before = workload.committed();
        await().atMost(PATIENCE).until(() -> workload.committed() >= before + transactions);
        return workload.committed() - before;
    }

    private static ReconcileReport reconcile(OutboxDatabase database) throws Exception {
        RunSettings settings = new RunSettings(
                database.settings(),
                RunningRelay.producer(database),
                RoutingSettings.of("/walpost/test"),
                1_000,
                16 << 20,
                Duration.ofSeconds(30),
                Duration.ofSeconds(60),
                RunSettings.CURSOR_TOPIC,
                "dead-" + database.slot());
        ReconcileRequest request = new ReconcileRequest(
                "failover",
                database.settings().tables(),
                RowSelection.ALL,
                0,
                true,
                Duration.ofSeconds(60),
                false,
                false,
                false);
        return new Reconcile(settings, KafkaEventPublisher.factory(settings.producer()))
                .run(request, new ManualStop(), ProgressListener.NONE);
    }
}
