package io.walpost.relay.lambda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.walpost.localstack.lambda.Answer;
import io.walpost.localstack.lambda.LambdaFunction;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Invocations in continuous mode that overlap. */
@Timeout(240)
class HandoverIT extends RelayFunctionTest {

    private static final int EVENTS_A_SECOND = 500;
    private static final String CONTINUOUS = "WALPOST_RELAY_LAMBDA_MODE=continuous";

    /** From the commit of an event to its consumer, for those that were committed about the handover. */
    private static final Duration TARGET = Duration.ofMillis(500);

    private static final int ABOUT_SECONDS = 2;

    @Test
    void handsTheSlotOverUnderLoad() throws Exception {
        LambdaFunction first = function(Duration.ofSeconds(18), CONTINUOUS);
        LambdaFunction second = function(Duration.ofSeconds(30), CONTINUOUS);
        LambdaFunction loser = function(Duration.ofSeconds(7), CONTINUOUS);
        int events = EVENTS_A_SECOND * 22;
        long[] committed = new long[events];
        try (Arrivals arrivals = new Arrivals(outbox)) {
            CompletableFuture<Answer> one = invoke(first);
            await().atMost(PATIENCE).until(outbox::isRead);
            CompletableFuture<Void> writer =
                    CompletableFuture.runAsync(() -> write(committed), Thread::startVirtualThread);
            CompletableFuture<Answer> two = invoke(second);
            JsonNode lost = reportOf(loser);
            JsonNode before = report(one.get(PATIENCE.toSeconds(), TimeUnit.SECONDS));
            long handover = System.nanoTime();
            writer.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            await().atMost(PATIENCE).until(() -> arrivals.count() == events);
            JsonNode after = report(two.get(PATIENCE.toSeconds(), TimeUnit.SECONDS));

            arrivals.assertComplete(events);
            assertThat(arrivals.duplicates()).isZero();
            assertThat(lost.get("reason").textValue()).isEqualTo("slot-busy");
            assertThat(metrics(loser).getLast().get("SlotBusy").intValue()).isEqualTo(1);
            assertThat(before.get("reason").textValue()).isEqualTo("deadline");
            assertThat(after.get("reason").textValue()).isEqualTo("deadline");
            assertThat(before.get("events").intValue()).isPositive();
            assertThat(after.get("events").intValue()).isPositive();
            assertThat(before.get("events").intValue() + after.get("events").intValue())
                    .isEqualTo(events);

            long[] latencies = latencies(committed, arrivals, handover);
            long p99 = latencies[Math.ceilDiv(latencies.length * 99, 100) - 1];
            System.out.printf(
                    "Handover: %d events in the %d s about it, p50 %d ms, p99 %d ms, longest %d ms%n",
                    latencies.length,
                    2 * ABOUT_SECONDS,
                    millis(latencies[latencies.length / 2]),
                    millis(p99),
                    millis(latencies[latencies.length - 1]));
            assertThat(latencies.length).isGreaterThan(EVENTS_A_SECOND * ABOUT_SECONDS);
            assertThat(Duration.ofNanos(p99)).isLessThan(TARGET);
        }
    }

    /** By a schedule that nothing slows down but the commits themselves. */
    private void write(long[] committed) {
        try (Connection connection = Servers.connect(outbox.name);
                PreparedStatement insert = connection.prepareStatement("INSERT INTO outboxevent VALUES "
                        + "(gen_random_uuid(), '" + outbox.name + "', ?, 'Placed', clock_timestamp(), ?)")) {
            long start = System.nanoTime();
            for (int number = 0; number < committed.length; number++) {
                long due = start + number * TimeUnit.SECONDS.toNanos(1) / EVENTS_A_SECOND;
                for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
                    LockSupport.parkNanos(left);
                }
                insert.setString(1, String.valueOf(number % Outbox.AGGREGATES));
                insert.setString(2, String.valueOf(number));
                insert.execute();
                committed[number] = System.nanoTime();
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static long[] latencies(long[] committed, Arrivals arrivals, long handover) {
        long about = TimeUnit.SECONDS.toNanos(ABOUT_SECONDS);
        return IntStream.range(0, committed.length)
                .filter(number -> Math.abs(committed[number] - handover) < about)
                .mapToLong(number -> arrivals.nanos(number) - committed[number])
                .sorted()
                .toArray();
    }

    private static long millis(long nanos) {
        return TimeUnit.NANOSECONDS.toMillis(nanos);
    }

    @Test
    void standsByWhenItIsThawedAfterAnotherTookOver() throws Exception {
        LambdaFunction sleeper = function(Duration.ofSeconds(40), CONTINUOUS);
        LambdaFunction successor = function(Duration.ofSeconds(12), CONTINUOUS);
        try (Arrivals arrivals = new Arrivals(outbox)) {
            CompletableFuture<Answer> slept = invoke(sleeper);
            outbox.publish(0, 100);
            await().atMost(PATIENCE).until(() -> arrivals.count() == 100);
            sleeper.freeze();
            outbox.disconnect();
            await().atMost(PATIENCE).until(() -> !outbox.isRead());
            CompletableFuture<Answer> tookOver = invoke(successor);
            outbox.publish(100, 100);
            await().atMost(PATIENCE).until(() -> arrivals.count() == 200);
            sleeper.thaw();

            assertThat(report(tookOver.get(PATIENCE.toSeconds(), TimeUnit.SECONDS))
                            .get("events")
                            .intValue())
                    .isEqualTo(100);
            outbox.publish(200, 100);
            await().atMost(PATIENCE).until(() -> arrivals.count() == 300);
            arrivals.assertComplete(300);
            sleeper.kill();
            assertThat(slept.get(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isInstanceOf(Answer.Ended.class);
        }
    }
}
