package io.walpost.relay.backfill;

import static io.walpost.relay.testing.TopicReader.header;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.walpost.outbox.EventHeaders;
import io.walpost.relay.ManualStop;
import io.walpost.relay.failure.FailureKind;
import io.walpost.relay.failure.RelayException;
import io.walpost.relay.replication.RowSelection;
import io.walpost.relay.testing.OutboxDatabase;
import io.walpost.relay.testing.RunningRelay;
import io.walpost.relay.testing.TopicReader;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BackfillTest {

    private final OutboxDatabase database = OutboxDatabase.prepared();
    private final String type = "Backfill-" + database.name();
    private final TopicReader topic = new TopicReader("outbox.event." + type);

    @AfterEach
    void close() {
        topic.close();
        database.close();
    }

    /** As many events, a second apart, of ten aggregates; the payload is the number. */
    private void insert(int count) {
        database.execute("INSERT INTO outboxevent SELECT gen_random_uuid(), '" + type + "', (i % 10)::text, 'Happened',"
                + " '2026-11-01 00:00:00Z'::timestamptz + i * interval '1 second', i::text"
                + " FROM generate_series(0, " + (count - 1) + ") i");
    }

    private static List<Integer> numbers(List<ConsumerRecord<byte[], byte[]>> records) {
        return records.stream()
                .map(record -> Integer.parseInt(TopicReader.value(record)))
                .toList();
    }

    @ParameterizedTest
    @ValueSource(strings = {"text", "jsonb", "bytea"})
    void publishesWhatTheStreamDid(String columnType) throws Exception {
        database.execute("TRUNCATE outboxevent", "ALTER TABLE outboxevent DROP payload");
        database.execute("ALTER TABLE outboxevent ADD payload " + columnType);
        String payload = columnType.equals("bytea")
                ? "convert_to('{\"b\": 1,  \"a\": \"Grüße \\ 🧾\"}', 'UTF8')"
                : "'{\"b\": 1,  \"a\": \"Grüße 🧾\"}'";
        String columns = "INSERT INTO outboxevent (id, aggregatetype, aggregateid, type, timestamp, payload,"
                + " tracingspancontext) VALUES (gen_random_uuid(), '" + type + "', ";
        database.execute(
                columns + "'1', 'Happened', '2026-11-20 03:56:40.123456+05:30', " + payload + ", NULL)",
                columns
                        + "'2', 'Grüße', '1999-12-31 23:59:59Z', NULL, 'traceparent=00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01')",
                columns + "'3', 'Happened', '0044-03-15 00:00:00Z BC', " + payload + ", NULL)",
                columns + "'4', 'Happened', 'infinity', " + payload + ", NULL)");
        try (var relay = RunningRelay.on(database)) {
            topic.until(4);
        }
        BackfillReport report = Runs.backfill(database, "same-" + database.name(), RowSelection.ALL);
        assertThat(report.published()).isEqualTo(4);
        assertThat(report.complete()).isTrue();
        List<ConsumerRecord<byte[], byte[]>> records = topic.until(8);
        for (ConsumerRecord<byte[], byte[]> again : records) {
            if (header(again, EventHeaders.BACKFILL) == null) {
                continue;
            }
            ConsumerRecord<byte[], byte[]> first = records.stream()
                    .filter(record -> header(record, "id").equals(header(again, "id")))
                    .findFirst()
                    .orElseThrow();
            assertThat(again.offset()).isGreaterThan(first.offset());
            assertThat(again.key()).isEqualTo(first.key());
            assertThat(again.value()).isEqualTo(first.value());
            assertThat(again.partition()).isEqualTo(first.partition());
            Map<String, String> expected = headers(first);
            Set.of(
                            EventHeaders.LSN,
                            EventHeaders.TX,
                            EventHeaders.TX_ORDER,
                            EventHeaders.TX_LAST,
                            EventHeaders.COMMITTED_AT)
                    .forEach(name -> assertThat(expected.remove(name)).isNotNull());
            if (Set.of("3", "4").contains(expected.get(EventHeaders.CE_SUBJECT))) {
                // The stream says when it was committed; the table does not know.
                expected.remove(EventHeaders.CE_TIME);
            }
            expected.put(EventHeaders.BACKFILL, "same-" + database.name());
            assertThat(headers(again)).isEqualTo(expected);
        }
    }

    private static Map<String, String> headers(ConsumerRecord<?, ?> record) {
        Map<String, String> headers = new TreeMap<>();
        for (Header header : record.headers()) {
            headers.put(header.key(), header(record, header.key()));
        }
        return headers;
    }

    @Test
    void goesOnBehindTheWindowAfterAFailure() throws Exception {
        insert(3_000);
        RunSettings settings = Runs.settings(database.settings());
        BackfillRequest request = Runs.request(database, "fails-" + database.name(), RowSelection.ALL);
        for (int failAt : new int[] {700, 1_000}) {
            Backfill failing = new Backfill(settings, Runs.before(Runs.publishers(settings), (event, sequence) -> {
                if (sequence == failAt) {
                    throw new RelayException(FailureKind.KAFKA_REFUSED, "as the test wants it");
                }
            }));
            assertThatExceptionOfType(RelayException.class)
                    .isThrownBy(() -> failing.run(request, new ManualStop(), ProgressListener.NONE))
                    .withMessage("as the test wants it");
        }
        BackfillReport report = Runs.backfill(database, request);
        assertThat(report.complete()).isTrue();
        assertThat(report.publishedBefore()).isEqualTo(1_700);
        assertThat(report.published()).isEqualTo(1_300);
        List<ConsumerRecord<byte[], byte[]>> records = topic.until(3_000);
        assertThat(new HashSet<>(numbers(records))).hasSize(3_000);
        assertThat(topic.poll()).hasSize(3_000);
        assertThat(Runs.backfill(database, request).selected()).as("finished").isZero();
    }

    @Test
    void keepsTheOrderOfTheTimestamps() throws Exception {
        insert(2_500);
        assertThat(Runs.backfill(database, "order-" + database.name(), RowSelection.ALL)
                        .published())
                .isEqualTo(2_500);
        Map<String, List<Integer>> byAggregate = new TreeMap<>();
        topic.until(2_500).forEach(record -> byAggregate
                .computeIfAbsent(new String(record.key()), key -> new ArrayList<>())
                .add(Integer.parseInt(TopicReader.value(record))));
        assertThat(byAggregate)
                .hasSize(10)
                .allSatisfy((key, numbers) -> assertThat(numbers).isSorted().hasSize(250));
    }

    @Test
    void stopsInOrderAndGoesOnWithoutRepeating() throws Exception {
        insert(2_000);
        RunSettings settings = Runs.settings(database.settings());
        ManualStop stop = new ManualStop();
        BackfillRequest request = Runs.request(database, "stop-" + database.name(), RowSelection.ALL);
        Backfill stopping = new Backfill(settings, Runs.before(Runs.publishers(settings), (event, sequence) -> {
            if (sequence == 750) {
                stop.request();
            }
        }));
        BackfillReport first = stopping.run(request, stop, ProgressListener.NONE);
        assertThat(first.complete()).isFalse();
        assertThat(first.published()).isEqualTo(751);
        BackfillReport second = Runs.backfill(database, request);
        assertThat(second.selected()).isEqualTo(1_249);
        assertThat(second.published()).isEqualTo(1_249);
        assertThat(numbers(topic.until(2_000))).doesNotHaveDuplicates().hasSize(2_000);
    }

    @Test
    void repeatsNoMoreThanItsWindowAfterKills() throws Exception {
        int rows = 5_000;
        int kills = 3;
        insert(rows);
        String name = "killed-" + database.name();
        for (int kill = 1; kill <= kills; kill++) {
            int before = topic.poll().size();
            Process process = BackfillProcess.start(database, name, 1_500);
            try {
                topic.until(before + 1_000);
            } finally {
                process.destroyForcibly().waitFor();
            }
        }
        BackfillReport report = Runs.backfill(database, name, RowSelection.ALL);
        assertThat(report.complete()).isTrue();
        assertThat(report.publishedBefore()).isGreaterThan(kills * (1_000 - Runs.WINDOW));
        List<Integer> numbers = numbers(topic.until(read -> new HashSet<>(numbers(read)).size() == rows));
        assertThat(numbers).hasSizeLessThanOrEqualTo(rows + kills * Runs.WINDOW);
    }

    @Test
    void takesOnlyWhatIsSelected() throws Exception {
        insert(100);
        database.publish("Other", "1", "not asked for");
        Instant start = Instant.parse("2026-11-01T00:00:00Z");
        assertThat(select(Optional.of(start.plusSeconds(10)), Optional.of(start.plusSeconds(20)), Set.of()))
                .containsExactlyInAnyOrder(10, 11, 12, 13, 14, 15, 16, 17, 18, 19);
        assertThat(select(Optional.of(start.plusSeconds(80)), Optional.empty(), Set.of("3", "4")))
                .containsExactlyInAnyOrder(83, 84, 93, 94);
    }

    private List<Integer> select(Optional<Instant> since, Optional<Instant> until, Set<String> aggregates)
            throws Exception {
        int before = topic.poll().size();
        RowSelection selection =
                new RowSelection(since, until, Set.of(type), aggregates, Optional.empty(), Optional.empty());
        BackfillReport report = Runs.backfill(database, UUID.randomUUID().toString(), selection);
        List<ConsumerRecord<byte[], byte[]>> records = topic.until(before + (int) report.selected());
        return numbers(records.subList(before, records.size()));
    }

    @Test
    void takesARangeOfIds() throws Exception {
        for (int i = 0; i < 5; i++) {
            database.execute("INSERT INTO outboxevent VALUES ('00000000-0000-4000-8000-00000000000" + i + "', '" + type
                    + "', 'a', 'Happened', now(), '" + i + "')");
        }
        RowSelection selection = new RowSelection(
                Optional.empty(),
                Optional.empty(),
                Set.of(),
                Set.of(),
                Optional.of(UUID.fromString("00000000-0000-4000-8000-000000000001")),
                Optional.of(UUID.fromString("00000000-0000-4000-8000-000000000003")));
        assertThat(Runs.backfill(database, "ids-" + database.name(), selection).published())
                .isEqualTo(3);
        assertThat(numbers(topic.until(3))).containsExactly(1, 2, 3);
    }

    @Test
    void keepsToItsRateWithoutHoldingBackVacuum() throws Exception {
        insert(300);
        RunSettings settings = Runs.settings(database.settings());
        AtomicReference<String> horizon = new AtomicReference<>();
        Backfill backfill = new Backfill(settings, Runs.before(Runs.publishers(settings), (event, sequence) -> {
            if (sequence == 150) {
                horizon.set(database.query("SELECT count(*) || ' of ' || count(backend_xmin) FROM pg_stat_activity"
                        + " WHERE datname = current_database() AND application_name = 'walpost-relay'"));
            }
        }));
        BackfillRequest request = new BackfillRequest(
                "rate-" + database.name(), database.settings().tables(), RowSelection.ALL, 100, false, false);
        BackfillReport report = backfill.run(request, new ManualStop(), ProgressListener.NONE);
        // Three seconds, less what the bucket holds.
        assertThat(report.duration()).isBetween(Duration.ofMillis(2_800), Duration.ofSeconds(20));
        assertThat(horizon.get()).isEqualTo("1 of 0");
    }

    @Test
    void onlyCountsInADryRun() throws Exception {
        insert(30);
        BackfillReport report = Runs.backfill(
                database, new BackfillRequest("dry", database.settings().tables(), RowSelection.ALL, 0, false, true));
        assertThat(report.selected()).isEqualTo(30);
        assertThat(report.published()).isZero();
        assertThat(report.complete()).isFalse();
        assertThat(report.oldest()).contains(Instant.parse("2026-11-01T00:00:00Z"));
        assertThat(report.newest()).contains(Instant.parse("2026-11-01T00:00:29Z"));
        assertThat(topic.poll()).isEmpty();
    }

    @Test
    void refusesAnotherSelectionUnderTheSameNameUnlessItStartsAnew() throws Exception {
        insert(10);
        String name = "again-" + database.name();
        Runs.backfill(database, name, RowSelection.ALL);
        assertThatExceptionOfType(RelayException.class)
                .isThrownBy(() -> Runs.backfill(database, name, Runs.ofTypes(type)))
                .withMessageContaining("--restart");
        BackfillReport report = Runs.backfill(
                database, new BackfillRequest(name, database.settings().tables(), Runs.ofTypes(type), 0, true, false));
        assertThat(report.published()).isEqualTo(10);
    }

    @Test
    void tellsWhatIsGone() throws Exception {
        insert(1_500);
        RunSettings settings = Runs.settings(database.settings());
        Backfill backfill = new Backfill(settings, Runs.before(Runs.publishers(settings), (event, sequence) -> {
            if (sequence == 10) {
                database.execute("DELETE FROM outboxevent");
            }
        }));
        BackfillReport report = backfill.run(
                Runs.request(database, "gone-" + database.name(), RowSelection.ALL),
                new ManualStop(),
                ProgressListener.NONE);
        assertThat(report.gone()).isPositive();
        assertThat(report.published() + report.gone()).isEqualTo(1_500);
        assertThat(report.complete()).isTrue();
    }

    @Test
    void readsPartitionedTables() throws Exception {
        database.execute(
                "DROP TABLE outboxevent",
                """
                CREATE TABLE outboxevent (
                  id uuid, aggregatetype varchar(255) NOT NULL, aggregateid varchar(255) NOT NULL,
                  type varchar(255) NOT NULL, timestamp timestamptz NOT NULL, payload text,
                  tracingspancontext varchar(256), PRIMARY KEY (id, timestamp)) PARTITION BY RANGE (timestamp)
                """,
                "CREATE TABLE early PARTITION OF outboxevent FOR VALUES FROM (MINVALUE) TO ('2026-11-01 00:00:50Z')",
                "CREATE TABLE late PARTITION OF outboxevent FOR VALUES FROM ('2026-11-01 00:00:50Z') TO (MAXVALUE)");
        insert(100);
        assertThat(Runs.backfill(database, "parts-" + database.name(), RowSelection.ALL)
                        .published())
                .isEqualTo(100);
        assertThat(new HashSet<>(numbers(topic.until(100)))).hasSize(100);
    }

    @Test
    void goesByIdWhereTheTableHasNoTime() throws Exception {
        insert(1_200);
        database.execute("ALTER TABLE outboxevent DROP timestamp");
        RunSettings settings = Runs.settings(database.settings());
        ManualStop stop = new ManualStop();
        BackfillRequest request = Runs.request(database, "timeless-" + database.name(), RowSelection.ALL);
        new Backfill(settings, Runs.before(Runs.publishers(settings), (event, sequence) -> {
                    if (sequence == 600) {
                        stop.request();
                    }
                }))
                .run(request, stop, ProgressListener.NONE);
        assertThat(Runs.backfill(database, request).publishedBefore()).isEqualTo(601);
        List<ConsumerRecord<byte[], byte[]>> records = topic.until(1_200);
        assertThat(numbers(records)).doesNotHaveDuplicates().hasSize(1_200);
        assertThat(records).allMatch(record -> header(record, EventHeaders.CE_TIME) == null);
        RowSelection byTime = new RowSelection(
                Optional.of(Instant.EPOCH), Optional.empty(), Set.of(), Set.of(), Optional.empty(), Optional.empty());
        assertThatExceptionOfType(RelayException.class)
                .isThrownBy(() -> Runs.backfill(database, "by-time", byTime))
                .withMessageContaining("timestamp");
    }

    @Test
    void saysWhatLetsItReadTheTable() throws Exception {
        insert(5);
        String role = "reader_" + database.name();
        database.execute("CREATE ROLE " + role + " LOGIN PASSWORD 'postgres'");
        RunSettings settings = Runs.settings(database.settings(role));
        BackfillRequest request = Runs.request(database, "role-" + database.name(), RowSelection.ALL);
        Backfill backfill = new Backfill(settings, Runs.publishers(settings));
        AtomicReference<String> mend = new AtomicReference<>();
        assertThatExceptionOfType(RelayException.class)
                .isThrownBy(() -> backfill.run(request, new ManualStop(), ProgressListener.NONE))
                .satisfies(e -> assertThat(e.kind()).isEqualTo(FailureKind.PRECONDITION))
                .satisfies(e -> mend.set(e.getMessage()
                        .lines()
                        .filter(line -> line.contains("GRANT"))
                        .findFirst()
                        .orElseThrow()));
        database.execute(mend.get());
        assertThat(backfill.run(request, new ManualStop(), ProgressListener.NONE)
                        .published())
                .isEqualTo(5);
        database.execute("ALTER TABLE outboxevent ENABLE ROW LEVEL SECURITY");
        assertThatExceptionOfType(RelayException.class)
                .as("a policy would hide rows")
                .isThrownBy(() -> backfill.run(
                        new BackfillRequest("rls", database.settings().tables(), RowSelection.ALL, 0, true, false),
                        new ManualStop(),
                        ProgressListener.NONE))
                .withMessageContaining("row-level security");
    }
}
