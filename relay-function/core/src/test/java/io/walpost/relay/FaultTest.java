package io.walpost.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.walpost.outbox.Lsn;
import io.walpost.relay.failure.FailureKind;
import io.walpost.relay.failure.RelayException;
import io.walpost.relay.publish.Acknowledgements;
import io.walpost.relay.publish.PublisherFactory;
import io.walpost.relay.testing.OutboxDatabase;
import io.walpost.relay.testing.RealSystems;
import io.walpost.relay.testing.RunningRelay;
import io.walpost.relay.testing.TopicReader;
import io.walpost.relay.testing.Workload;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What still holds when the systems around the relay die, freeze or answer out of order. */
class FaultTest {

    private static final Logger LOG = LoggerFactory.getLogger(FaultTest.class);
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final long SEED = 20_261_120;

    private final OutboxDatabase database = OutboxDatabase.prepared();
    private final String type = "Fault-" + database.name();
    private final TopicReader topic = new TopicReader("outbox.event." + type);

    @AfterEach
    void close() {
        topic.close();
        database.close();
    }

    /** Runs writers and a relay, does the fault while both are at work, and verifies what arrived. */
    private int duplicatesAfter(Fault fault) throws Exception {
        Map<String, Integer> expected;
        try (var relay = RunningRelay.on(database);
                var workload = Workload.start(database, type, 4, SEED)) {
            await().atMost(PATIENCE).until(() -> relay.metrics().events() >= 500);
            fault.happen(relay);
            int before = workload.committed();
            await().atMost(PATIENCE).until(() -> workload.committed() >= before + 500);
            expected = workload.finish();
            topic.until(records -> Workload.isComplete(records, expected));
        }
        int duplicates = Workload.verify(topic.poll(), expected);
        LOG.info("{} records arrived, {} of them duplicates", topic.poll().size(), duplicates);
        return duplicates;
    }

    @FunctionalInterface
    private interface Fault {
        void happen(RunningRelay relay) throws Exception;
    }

    @Test
    void losesNothingWhenItsConnectionIsTerminated() throws Exception {
        int duplicates = duplicatesAfter(relay -> {
            for (int i = 0; i < 3; i++) {
                long reconnects = relay.metrics().reconnects();
                database.execute("SELECT pg_terminate_backend(" + database.walsender() + ")");
                await().atMost(PATIENCE).until(() -> relay.metrics().reconnects() > reconnects);
                relay.streaming();
            }
        });
        // What was in flight is acknowledged before the next stream opens, so only a transaction that was cut in its
        // middle comes twice, each time.
        assertThat(duplicates).isLessThanOrEqualTo(3 * 5);
    }

    @Test
    void losesNothingWhenPostgresIsKilled() throws Exception {
        int duplicates = duplicatesAfter(relay -> {
            RealSystems.postgres().kill();
            await().atMost(PATIENCE).until(() -> relay.metrics().errors(FailureKind.DATABASE_UNAVAILABLE) >= 2);
            assertThat(relay.metrics().state()).isNotEqualTo(RelayState.STREAMING);
            RealSystems.postgres();
            relay.streaming();
        });
        assertThat(duplicates).isLessThanOrEqualTo(5);
    }

    @Test
    void losesNothingWhenKafkaIsKilled() throws Exception {
        int duplicates = duplicatesAfter(relay -> {
            RealSystems.kafka().kill();
            RealSystems.kafka();
        });
        assertThat(duplicates).as("the idempotent producer's retries").isZero();
    }

    @Test
    void keepsItsConnectionAliveWhileKafkaIsFrozen() throws Exception {
        database.execute("ALTER SYSTEM SET wal_sender_timeout = '2s'", "SELECT pg_reload_conf()");
        try {
            duplicatesAfter(relay -> {
                relay.streaming();
                String walsender = database.walsender();
                RealSystems.kafka().pause();
                try {
                    // Three times the time-out, by the server's own clock.
                    database.execute("SELECT pg_sleep(6)");
                    assertThat(database.walsender()).isEqualTo(walsender);
                } finally {
                    RealSystems.kafka().resume();
                }
                assertThat(relay.metrics().reconnects()).isZero();
            });
        } finally {
            database.execute("ALTER SYSTEM RESET wal_sender_timeout", "SELECT pg_reload_conf()");
        }
    }

    /** Holds back the acknowledgement of one event until told otherwise; those of later events pass it. */
    private static PublisherFactory holdingBack(
            PublisherFactory publishers, long held, AtomicBoolean release, AtomicInteger passed) {
        return acknowledgements -> publishers.create(new Acknowledgements() {
            @Override
            public void acknowledged(long sequence) {
                if (sequence == held && !release.get()) {
                    Thread.ofVirtual().start(() -> {
                        await().atMost(PATIENCE).untilTrue(release);
                        acknowledgements.acknowledged(sequence);
                    });
                } else {
                    acknowledgements.acknowledged(sequence);
                    passed.incrementAndGet();
                }
            }

            @Override
            public void failed(long sequence, RelayException cause) {
                acknowledgements.failed(sequence, cause);
            }
        });
    }

    @Test
    void confirmsOnlyTheContiguousAcknowledgedPrefix() {
        AtomicBoolean release = new AtomicBoolean();
        AtomicInteger passed = new AtomicInteger();
        int held = 3;
        try (var relay = RunningRelay.on(
                database, RunningRelay.SETTINGS, publishers -> holdingBack(publishers, held, release, passed))) {
            for (int i = 0; i < held; i++) {
                database.publish(type, "1", String.valueOf(i));
            }
            Lsn beforeHeld = database.currentLsn();
            database.publish(type, "1", "held");
            Lsn afterHeld = database.currentLsn();
            for (int i = 0; i < 10; i++) {
                database.publish(type, "1", "later " + i);
            }
            topic.until(held + 1 + 10);
            await().atMost(PATIENCE).untilAtomic(passed, org.hamcrest.Matchers.equalTo(held + 10));
            // The prefix is confirmed, and the heartbeats of three seconds do not carry the slot past it.
            database.execute("SELECT pg_sleep(3)");
            assertThat(database.confirmedFlushLsn()).isBetween(Lsn.ZERO, afterHeld);
            assertThat(beforeHeld.isAfter(database.confirmedFlushLsn())).isFalse();
            assertThat(afterHeld.isAfter(database.confirmedFlushLsn())).isTrue();
            assertThat(relay.metrics().inFlightEvents()).isEqualTo(11);

            release.set(true);
            Lsn end = database.currentLsn();
            await().atMost(PATIENCE).until(() -> !end.isAfter(database.confirmedFlushLsn()));
        }
    }

    @Test
    void startsAgainFromTheConfirmedPositionWhenThePublisherFails() throws Exception {
        AtomicInteger publishers = new AtomicInteger();
        int[] failAt = {700};
        Map<String, Integer> expected;
        try (var relay = RunningRelay.on(
                        database,
                        RunningRelay.SETTINGS,
                        factory -> acknowledgements -> factory.create(new Acknowledgements() {
                            private final boolean first = publishers.incrementAndGet() == 1;

                            @Override
                            public void acknowledged(long sequence) {
                                if (first && sequence == failAt[0]) {
                                    failed(
                                            sequence,
                                            new RelayException(FailureKind.KAFKA_REFUSED, "as the test wants"));
                                } else {
                                    acknowledgements.acknowledged(sequence);
                                }
                            }

                            @Override
                            public void failed(long sequence, RelayException cause) {
                                acknowledgements.failed(sequence, cause);
                            }
                        }));
                var workload = Workload.start(database, type, 4, SEED)) {
            await().atMost(PATIENCE).until(() -> workload.committed() >= 2_000);
            expected = workload.finish();
            topic.until(records -> Workload.isComplete(records, expected));
            assertThat(relay.metrics().errors(FailureKind.KAFKA_REFUSED)).isEqualTo(1);
        }
        int duplicates = Workload.verify(topic.poll(), expected);
        assertThat(duplicates).isBetween(1, RunningRelay.SETTINGS.maxInFlightEvents() + 5);
    }

    @Test
    void waitsAtAnEventThatCannotBeRoutedAndGoesOnInOrderOnceItCan() {
        try (var relay = RunningRelay.on(database)) {
            database.publish(type, "1", "one");
            database.publish("not a topic", "1", "in the way");
            database.publish(type, "1", "two");
            await().atMost(PATIENCE).until(() -> relay.metrics().errors(FailureKind.EVENT_REFUSED) >= 2);
            assertThat(topic.poll()).extracting(TopicReader::value).containsOnly("one");
            assertThat(relay.metrics().lastFailure())
                    .hasValueSatisfying(failure -> assertThat(failure).hasMessageContaining("not a topic"));
        }
    }

    @Test
    void stopsWithTheMendWhenTheSlotIsGone() {
        try (var relay = RunningRelay.on(database).streaming()) {
            assertThat(relay.metrics().state()).isEqualTo(RelayState.STREAMING);
        }
        await().atMost(PATIENCE).until(() -> database.walsender() == null);
        database.execute("SELECT pg_drop_replication_slot('" + database.slot() + "')");
        RelayException failure = RunningRelay.on(database).failure();
        assertThat(failure.kind()).isEqualTo(FailureKind.PRECONDITION);
        assertThat(failure).hasMessageContaining("pg_create_logical_replication_slot('" + database.slot() + "'");
    }
}
