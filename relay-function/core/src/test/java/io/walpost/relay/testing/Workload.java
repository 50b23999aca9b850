package io.walpost.relay.testing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Writers that commit, roll back and use savepoints, each on aggregates of its own, so that the order in which an
 * aggregate's events committed is known. An event's payload is its number within its aggregate.
 */
public final class Workload implements AutoCloseable {

    private static final int AGGREGATES_PER_WRITER = 20;
    private static final String ROLLED_BACK = "rolled back";

    private final OutboxDatabase database;
    private final String aggregateType;
    private final ExecutorService executor = Executors.newCachedThreadPool();
    private final AtomicBoolean stop = new AtomicBoolean();
    private final AtomicInteger committed = new AtomicInteger();
    private final List<CompletableFuture<Void>> writers = new ArrayList<>();

    private Workload(OutboxDatabase database, String aggregateType) {
        this.database = database;
        this.aggregateType = aggregateType;
    }

    public static Workload start(OutboxDatabase database, String aggregateType, int writers, long seed) {
        Workload workload = new Workload(database, aggregateType);
        for (int writer = 0; writer < writers; writer++) {
            int number = writer;
            workload.writers.add(CompletableFuture.runAsync(
                    () -> workload.write(number, new Random(seed + number)), workload.executor));
        }
        return workload;
    }

    /** How many events are committed so far. */
    public int committed() {
        return committed.get();
    }

    private void write(int writer, Random random) {
        Map<String, Integer> last = new HashMap<>();
        while (!stop.get()) {
            try (Connection connection = database.connect()) {
                connection.setAutoCommit(false);
                while (!stop.get()) {
                    transaction(connection, writer, random, last);
                }
            } catch (SQLException serverWasKilled) {
                recount(writer, last);
            }
        }
    }

    private void transaction(Connection connection, int writer, Random random, Map<String, Integer> last)
            throws SQLException {
        Map<String, Integer> written = new HashMap<>();
        int count = 1 + random.nextInt(5);
        for (int i = 0; i < count; i++) {
            String aggregate = writer + "-" + random.nextInt(AGGREGATES_PER_WRITER);
            if (random.nextInt(6) == 0) {
                Savepoint savepoint = connection.setSavepoint();
                OutboxDatabase.insert(connection, aggregateType, aggregate, ROLLED_BACK);
                connection.rollback(savepoint);
            }
            int next = written.getOrDefault(aggregate, last.getOrDefault(aggregate, 0)) + 1;
            OutboxDatabase.insert(connection, aggregateType, aggregate, String.valueOf(next));
            written.put(aggregate, next);
        }
        if (random.nextInt(8) == 0) {
            OutboxDatabase.insert(connection, aggregateType, writer + "-0", ROLLED_BACK);
            connection.rollback();
            return;
        }
        connection.commit();
        last.putAll(written);
        committed.addAndGet(count);
    }

    /** After a broken connection only the table knows whether the last transaction committed. */
    private void recount(int writer, Map<String, Integer> last) {
        Map<String, Integer> counts = await().atMost(Duration.ofMinutes(1))
                .pollInterval(Duration.ofMillis(100))
                .ignoreExceptionsInstanceOf(SQLException.class)
                .until(this::counts, found -> true);
        last.clear();
        counts.forEach((aggregate, count) -> {
            if (aggregate.startsWith(writer + "-")) {
                last.put(aggregate, count);
            }
        });
    }

    private Map<String, Integer> counts() throws SQLException {
        Map<String, Integer> counts = new TreeMap<>();
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement();
                ResultSet rows =
                        statement.executeQuery("SELECT aggregateid, count(*) FROM outboxevent GROUP BY aggregateid")) {
            while (rows.next()) {
                counts.put(rows.getString(1), rows.getInt(2));
            }
        }
        return counts;
    }

    /** Ends the writers. Returns the number of committed events of each aggregate, as the table has them. */
    public Map<String, Integer> finish() throws SQLException {
        stop.set(true);
        writers.forEach(CompletableFuture::join);
        return counts();
    }

    /** Whether every committed event has arrived at least once. */
    public static boolean isComplete(List<ConsumerRecord<byte[], byte[]>> records, Map<String, Integer> expected) {
        int committed = expected.values().stream().mapToInt(Integer::intValue).sum();
        // Asked after every poll, so what is costly comes last.
        return records.size() >= committed
                && records.stream()
                                .map(record -> TopicReader.header(record, "id"))
                                .distinct()
                                .count()
                        >= committed;
    }

    /**
     * Asserts that nothing is missing, nothing comes from rolled-back work, and the first arrivals of each aggregate are
     * in the order of their commits.
     *
     * @return how many records are duplicates
     */
    public static int verify(List<ConsumerRecord<byte[], byte[]>> records, Map<String, Integer> expected) {
        Set<String> ids = new HashSet<>();
        Map<String, Integer> arrived = new TreeMap<>();
        int duplicates = 0;
        for (ConsumerRecord<byte[], byte[]> record : records) {
            assertThat(TopicReader.value(record)).isNotEqualTo(ROLLED_BACK);
            if (ids.add(TopicReader.header(record, "id"))) {
                String aggregate = new String(record.key(), UTF_8);
                int number = arrived.merge(aggregate, 1, Integer::sum);
                assertThat(TopicReader.value(record))
                        .as("event of %s", aggregate)
                        .isEqualTo(String.valueOf(number));
            } else {
                duplicates++;
            }
        }
        assertThat(arrived).isEqualTo(expected);
        return duplicates;
    }

    @Override
    public void close() {
        stop.set(true);
        executor.close();
    }
}
