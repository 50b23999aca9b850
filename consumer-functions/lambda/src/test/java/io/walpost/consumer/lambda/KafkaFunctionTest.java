package io.walpost.consumer.lambda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.amazonaws.services.lambda.runtime.events.KafkaEvent;
import io.walpost.consumer.BatchHandler;
import io.walpost.consumer.ConsumerListener;
import io.walpost.consumer.DeadLetters;
import io.walpost.consumer.IncomingRecord;
import io.walpost.consumer.Outcome;
import io.walpost.consumer.ReceivedEvent;
import io.walpost.consumer.RecordConsumer;
import io.walpost.consumer.RecordKey;
import io.walpost.consumer.RetryPolicy;
import io.walpost.consumer.deadletter.DeadLetterTable;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.postgresql.ds.PGSimpleDataSource;

@Timeout(30)
class KafkaFunctionTest {

    private static final TestContext TWO_SECONDS = new TestContext(2000);
    private static final Duration MARGIN = Duration.ofMillis(1500);

    private final List<ReceivedEvent> applied = new CopyOnWriteArrayList<>();

    @Test
    void namesNothingWhenAllIsDone() throws Exception {
        KafkaFunction function = function(this::apply, true);

        assertThat(function.handleRequest(batch(3, 4), TWO_SECONDS).batchItemFailures())
                .isEmpty();
        assertThat(applied).hasSize(12);
        assertThat(function.handleRequest(Json.event("{\"records\":{}}"), TWO_SECONDS)
                        .batchItemFailures())
                .isEmpty();
    }

    @Test
    void goesOnWithOtherPartitionsWhileARecordOfOneHasToWait() throws Exception {
        KafkaFunction function = function(
                events -> {
                    if (events.stream().anyMatch(event -> at(event, 1, 2))) {
                        throw new SQLException("locked", "55P03");
                    }
                    return apply(events);
                },
                true);

        BatchResponse answer = function.handleRequest(batch(3, 5), TWO_SECONDS);

        assertThat(answer).isEqualTo(failures("t-1", 2, 3, 4));
        assertThat(applied)
                .as("two whole partitions, and two records before the one that waits")
                .hasSize(12);
    }

    @Test
    void setsAsideWhatFailedAsOftenAsItMayThoughEachInvocationHasTimeForOneAttempt() throws Exception {
        List<IncomingRecord> letters = new CopyOnWriteArrayList<>();
        AtomicInteger attempts = new AtomicInteger();
        RecordConsumer consumer = new RecordConsumer(
                events -> {
                    attempts.incrementAndGet();
                    // Longer than the invocation leaves without its margin.
                    Thread.sleep(600);
                    throw new IllegalStateException("nobody knows why");
                },
                new NoLetters() {
                    @Override
                    public void put(IncomingRecord record, Outcome.DeadLetter verdict) {
                        letters.add(record);
                    }
                },
                QUICK,
                ConsumerListener.NONE,
                Clock.systemUTC());
        KafkaFunction function = new KafkaFunction(consumer, settings(true), metrics());
        KafkaEvent batch = batch(1, 1);

        for (int invocation = 1; invocation <= QUICK.attemptsOnUnknown(); invocation++) {
            assertThat(function.handleRequest(batch, TWO_SECONDS)).isEqualTo(failures("t-0", 0));
        }
        assertThat(function.handleRequest(batch, TWO_SECONDS).batchItemFailures())
                .isEmpty();
        assertThat(letters).hasSize(1);
        assertThat(attempts).hasValue(QUICK.attemptsOnUnknown());
    }

    @Test
    void failsWhereOnlyFailureIsUnderstood() throws Exception {
        KafkaFunction function = function(
                events -> {
                    throw new SQLException("the server is gone", "08006");
                },
                false);

        assertThatThrownBy(() -> function.handleRequest(batch(1, 3), TWO_SECONDS))
                .isInstanceOf(RecordsToRetryException.class)
                .hasMessage("3 of 3 records are to come again, from t-0@0 on");
    }

    @Test
    void beginsNothingWithoutTimeForIt() {
        KafkaFunction function = function(this::apply, true);

        assertThatThrownBy(() -> function.handleRequest(batch(1, 1), new TestContext(1500)))
                .hasMessage("The invocation ends in 1500 ms, and walpost.consumer.lambda.margin leaves 1500 ms of that"
                        + " alone; raise the function's timeout, or lower the margin");
        assertThat(applied).isEmpty();
    }

    @Test
    void failsWithWhatThePartitionFailedWith() {
        RecordConsumer consumer = new RecordConsumer(
                this::apply,
                new NoLetters() {
                    @Override
                    public Set<RecordKey> parkedAmong(Collection<RecordKey> keys) {
                        throw new OutOfMemoryError("as it were");
                    }
                },
                QUICK,
                ConsumerListener.NONE,
                Clock.systemUTC());

        assertThatThrownBy(() ->
                        new KafkaFunction(consumer, settings(true), metrics()).handleRequest(batch(2, 1), TWO_SECONDS))
                .isInstanceOf(OutOfMemoryError.class);
    }

    @Test
    void refusesSettingsThatMakeNoSense() {
        RecordConsumer consumer = consumer(this::apply);

        assertThatThrownBy(() -> new KafkaFunction(consumer, new Settings(MARGIN, 0, true), metrics()))
                .hasMessage("walpost.consumer.lambda.partitions-at-once must be at least 1");
        assertThatThrownBy(() -> new KafkaFunction(consumer, new Settings(Duration.ZERO, 1, true), metrics()))
                .hasMessage("walpost.consumer.lambda.margin must be positive");
    }

    private static final RetryPolicy QUICK =
            new RetryPolicy(Duration.ofMillis(10), Duration.ofMillis(20), 3, Duration.ofMinutes(1));

    private List<Outcome> apply(List<ReceivedEvent> events) {
        applied.addAll(events);
        return events.stream().<Outcome>map(event -> new Outcome.Applied()).toList();
    }

    private static boolean at(ReceivedEvent event, int partition, long offset) {
        return event.coordinates().partition() == partition
                && event.coordinates().offset() == offset;
    }

    private static KafkaFunction function(BatchHandler handler, boolean report) {
        return new KafkaFunction(consumer(handler), settings(report), metrics());
    }

    /** With a database that nobody has. */
    private static FunctionMetrics metrics() {
        PGSimpleDataSource nowhere = new PGSimpleDataSource();
        nowhere.setUrl("jdbc:postgresql://127.0.0.1:1/nowhere");
        return new FunctionMetrics(Clock.systemUTC(), "test", new Tally(), new DeadLetterTable(nowhere));
    }

    private static RecordConsumer consumer(BatchHandler handler) {
        return new RecordConsumer(handler, new NoLetters(), QUICK, ConsumerListener.NONE, Clock.systemUTC());
    }

    private static LambdaSettings settings(boolean report) {
        return new Settings(MARGIN, 2, report);
    }

    /** So many records in each of so many partitions of the topic t; those of a partition have one key. */
    private static KafkaEvent batch(int partitions, int records) throws IOException {
        return Json.event(IntStream.range(0, partitions)
                .mapToObj(partition -> IntStream.range(0, records)
                        .mapToObj(offset -> record(partition, offset))
                        .collect(Collectors.joining(",", "\"t-" + partition + "\":[", "]")))
                .collect(Collectors.joining(",", "{\"records\":{", "}}")));
    }

    private static String record(int partition, int offset) {
        String id =
                UUID.randomUUID().toString().chars().mapToObj(Integer::toString).collect(Collectors.joining(","));
        return "{\"topic\":\"t\",\"partition\":%d,\"offset\":%d,\"key\":\"%s\",\"headers\":[{\"id\":[%s]}]}"
                .formatted(partition, offset, "MDEy".repeat(partition + 1), id);
    }

    private static BatchResponse failures(String partition, long... offsets) {
        return new BatchResponse(Arrays.stream(offsets)
                .mapToObj(offset -> new BatchResponse.ItemFailure(new BatchResponse.ItemIdentifier(partition, offset)))
                .toList());
    }

    private record Settings(Duration margin, int partitionsAtOnce, boolean reportBatchItemFailures)
            implements LambdaSettings {

        @Override
        public Optional<String> sinkSecret() {
            return Optional.empty();
        }
    }

    /** A store that nothing may be put into. */
    private static class NoLetters implements DeadLetters {
        @Override
        public void put(IncomingRecord record, Outcome.DeadLetter verdict) {
            throw new AssertionError("no dead letter is expected", verdict.cause());
        }

        @Override
        public boolean park(IncomingRecord record) {
            throw new AssertionError("no letter is expected");
        }
    }
}
