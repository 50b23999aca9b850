package io.walpost.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.walpost.outbox.EventHeaders;
import io.walpost.outbox.Lsn;
import io.walpost.relay.failure.FailureKind;
import io.walpost.relay.failure.RelayException;
import io.walpost.relay.publish.Acknowledgements;
import io.walpost.relay.publish.Delivery;
import io.walpost.relay.publish.EventPublisher;
import io.walpost.relay.publish.PublisherFactory;
import io.walpost.relay.route.RoutedEvent;
import io.walpost.relay.testing.OutboxDatabase;
import io.walpost.relay.testing.RealSystems;
import io.walpost.relay.testing.RunningRelay;
import io.walpost.relay.testing.TopicReader;
import io.walpost.relay.testing.Workload;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a reader of committed records sees of an exactly-once relay when something around it, or itself, fails. */
class ExactlyOnceTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final long SEED = 20_261_120;

    /** So many that the reader has looked in the middle, and not only at the beginning and the end. */
    private static final int DIFFERENT_STATES = 10;

    private final OutboxDatabase database = OutboxDatabase.prepared();
    private final String type = "Once-" + database.name();
    private final TopicReader topic = TopicReader.ofCommitted("outbox.event." + type);

    @AfterEach
    void close() {
        topic.close();
        database.close();
    }

    private RunningRelay relay() {
        return RunningRelay.on(database, Delivery.EXACTLY_ONCE);
    }

    private RunningRelay relay(RelaySettings settings, UnaryOperator<PublisherFactory> wrapper) {
        return RunningRelay.on(database, Delivery.EXACTLY_ONCE, settings, wrapper);
    }

    private void commit(int events) {
        try (Connection connection = database.connect()) {
            connection.setAutoCommit(false);
            for (int i = 0; i < events; i++) {
                OutboxDatabase.insert(connection, type, String.valueOf(i), "1");
            }
            connection.commit();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Map<String, Integer> oneOfEach(int aggregates) {
        Map<String, Integer> expected = new HashMap<>();
        IntStream.range(0, aggregates).forEach(i -> expected.put(String.valueOf(i), 1));
        return expected;
    }

    /** Nothing missing, the order kept, and nothing twice. */
    private void assertExactlyOnce(Map<String, Integer> expected) {
        awaitAll(expected);
        assertThat(Workload.verify(topic.poll(), new TreeMap<>(expected)))
                .as("duplicates")
                .isZero();
    }

    private void awaitAll(Map<String, Integer> expected) {
        topic.until(expected.values().stream().mapToInt(Integer::intValue).sum());
    }

    private void assertExactlyOnceAfter(Fault fault) throws Exception {
        Map<String, Integer> expected;
        try (var relay = relay();
                var workload = Workload.start(database, type, 4, SEED)) {
            await().atMost(PATIENCE).until(() -> relay.metrics().events() >= 500);
            fault.happen(relay);
            int before = workload.committed();
            await().atMost(PATIENCE).until(() -> workload.committed() >= before + 500);
            expected = workload.finish();
            awaitAll(expected);
        }
        assertExactlyOnce(expected);
        assertThat(transactionsInParts()).isEmpty();
    }

    @FunctionalInterface
    private interface Fault {
        void happen(RunningRelay relay) throws Exception;
    }

    /**
     * The database transactions that became visible in more than one step. The end of a Kafka transaction takes an offset
     * in each of its partitions, which within a database transaction would be a gap.
     */
    private List<String> transactionsInParts() {
        List<String> inParts = new ArrayList<>();
        Map<TopicPartition, ConsumerRecord<byte[], byte[]>> before = new HashMap<>();
        for (ConsumerRecord<byte[], byte[]> record : topic.poll()) {
            String transaction = TopicReader.header(record, EventHeaders.LSN);
            ConsumerRecord<byte[], byte[]> previous =
                    before.put(new TopicPartition(record.topic(), record.partition()), record);
            if (previous != null
                    && TopicReader.header(previous, EventHeaders.LSN).equals(transaction)
                    && previous.offset() + 1 != record.offset()) {
                inParts.add(transaction);
            }
        }
        return inParts;
    }

    @Test
    void holdsWhenItsConnectionIsTerminated() throws Exception {
        assertExactlyOnceAfter(relay -> {
            for (int i = 0; i < 3; i++) {
                long reconnects = relay.metrics().reconnects();
                database.execute("SELECT pg_terminate_backend(" + database.walsender() + ")");
                await().atMost(PATIENCE).until(() -> relay.metrics().reconnects() > reconnects);
                relay.streaming();
            }
        });
    }

    @Test
    void holdsWhenPostgresIsKilled() throws Exception {
        assertExactlyOnceAfter(relay -> {
            RealSystems.postgres().kill();
            await().atMost(PATIENCE).until(() -> relay.metrics().errors(FailureKind.DATABASE_UNAVAILABLE) >= 2);
            RealSystems.postgres();
            relay.streaming();
        });
    }

    @Test
    void holdsWhenKafkaIsKilled() throws Exception {
        assertExactlyOnceAfter(relay -> {
            RealSystems.kafka().kill();
            RealSystems.kafka();
        });
    }

    /** Then the relay does not know whether its commit was done. */
    @Test
    void holdsWhenKafkaIsFrozenForLongerThanACommitIsWaitedFor() throws Exception {
        assertExactlyOnceAfter(relay -> {
            RealSystems.kafka().pause();
            try {
                await().atMost(PATIENCE).until(() -> relay.metrics().reconnects() >= 1);
            } finally {
                RealSystems.kafka().resume();
            }
            relay.streaming();
        });
    }

    @Test
    void holdsWhenKafkaAndPostgresAreKilledTogether() throws Exception {
        assertExactlyOnceAfter(relay -> {
            RealSystems.kafka().kill();
            RealSystems.postgres().kill();
            RealSystems.kafka();
            RealSystems.postgres();
            relay.streaming();
        });
    }

    /** As if it was killed between the commit to Kafka and the confirmation to the slot. */
    @Test
    void publishesNothingAgainThatItCommittedAndDidNotConfirm() {
        UnaryOperator<PublisherFactory> deaf =
                publishers -> (history, acknowledgements) -> publishers.create(history, new Acknowledgements() {
                    @Override
                    public void acknowledged(long sequence) {
                        // A relay that is killed now would not have heard of it.
                    }

                    @Override
                    public void failed(long sequence, RelayException cause) {
                        acknowledgements.failed(sequence, cause);
                    }
                });
        Lsn committed;
        try (var relay = relay(RunningRelay.SETTINGS, deaf)) {
            commit(100);
            committed = database.currentLsn();
            topic.until(100);
            assertThat(relay.metrics().events()).isZero();
        }
        await().atMost(PATIENCE).until(() -> database.walsender() == null);
        assertThat(database.confirmedFlushLsn()).isLessThan(committed);
        try (var next = relay()) {
            Lsn end = database.currentLsn();
            await().atMost(PATIENCE).until(() -> !end.isAfter(database.confirmedFlushLsn()));
        }
        assertExactlyOnce(oneOfEach(100));
    }

    @Test
    @Timeout(120)
    void showsATransactionThatFitsTheWindowInOneStepToAReaderWhoAlwaysLooks() throws Exception {
        Set<Map<TopicPartition, Long>> seen = new HashSet<>();
        Map<String, Integer> expected;
        try (var relay = relay(RunningRelay.settings(50, Duration.ofMinutes(2)), UnaryOperator.identity());
                var workload = Workload.start(database, type, 4, SEED)) {
            while (workload.committed() < 3_000 || seen.size() < DIFFERENT_STATES) {
                seen.add(topic.ends());
            }
            expected = workload.finish();
            awaitAll(expected);
        }
        assertExactlyOnce(expected);
        assertThat(transactionsInParts()).isEmpty();
        Map<TopicPartition, Map<Long, String>> transactions = new HashMap<>();
        topic.poll().forEach(record -> transactions
                .computeIfAbsent(new TopicPartition(record.topic(), record.partition()), partition -> new HashMap<>())
                .put(record.offset(), TopicReader.header(record, EventHeaders.LSN)));
        seen.forEach(ends -> ends.forEach((partition, end) -> {
            Map<Long, String> in = transactions.getOrDefault(partition, Map.of());
            String next = in.get(end);
            assertThat(next == null ? "" : next)
                    .as("transactions on either side of %d in %s", end, partition)
                    .isNotEqualTo(in.get(end - 1));
        }));
    }

    @Test
    void splitsATransactionThatDoesNotFitTheWindowAndStillRepeatsNothing() throws Exception {
        try (var relay = relay(RunningRelay.settings(100, Duration.ofMinutes(2)), UnaryOperator.identity())) {
            commit(2_000);
            topic.until(500);
            database.execute("SELECT pg_terminate_backend(" + database.walsender() + ")");
            topic.until(2_000);
        }
        assertExactlyOnce(oneOfEach(2_000));
        assertThat(transactionsInParts()).isNotEmpty();
    }

    /** The first relay stands still within a transaction; when it goes on, the second one has published it. */
    @Test
    void fencesARelayThatWasFrozenWhileAnotherTookOver() {
        AtomicBoolean frozen = new AtomicBoolean(true);
        CountDownLatch reached = new CountDownLatch(1);
        CountDownLatch wake = new CountDownLatch(1);
        try (var first = relay(
                RunningRelay.SETTINGS,
                publishers -> (history, acknowledgements) ->
                        new Freezing(publishers.create(history, acknowledgements), frozen, reached, wake))) {
            commit(10);
            await().atMost(PATIENCE).until(() -> reached.getCount() == 0);
            database.execute("SELECT pg_terminate_backend(" + database.walsender() + ")");
            await().atMost(PATIENCE).until(() -> database.walsender() == null);
            try (var second = relay()) {
                topic.until(10);
                wake.countDown();
                await().atMost(PATIENCE)
                        .until(() -> first.metrics().errors(FailureKind.FENCED) >= 1
                                || first.metrics().state() == RelayState.STANDING_BY);
                await().atMost(PATIENCE).until(() -> first.metrics().state() == RelayState.STANDING_BY);
                database.publish(type, "of the second", "1");
                topic.until(11);
                assertThat(second.metrics().reconnects()).isZero();
            }
            database.publish(type, "of the first again", "1");
            topic.until(12);
        }
        Map<String, Integer> expected = oneOfEach(10);
        expected.put("of the second", 1);
        expected.put("of the first again", 1);
        assertExactlyOnce(expected);
    }

    /** Stops its owner at the last event of a transaction, once. */
    private record Freezing(EventPublisher publisher, AtomicBoolean frozen, CountDownLatch reached, CountDownLatch wake)
            implements EventPublisher {

        @Override
        public boolean offer(RoutedEvent event, long sequence) throws RelayException {
            if (event.last() && frozen.compareAndSet(true, false)) {
                reached.countDown();
                try {
                    wake.await();
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
            }
            return publisher.offer(event, sequence);
        }

        @Override
        public void windowFull() {
            publisher.windowFull();
        }

        @Override
        public boolean awaitsMore() {
            return publisher.awaitsMore();
        }

        @Override
        public void close() {
            publisher.close();
        }
    }
}
