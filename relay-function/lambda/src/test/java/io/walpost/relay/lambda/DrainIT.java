package io.walpost.relay.lambda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.walpost.localstack.lambda.Answer;
import io.walpost.localstack.lambda.LambdaFunction;
import io.walpost.outbox.Lsn;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The real function.zip under Lambda's own runtime, with a real PostgreSQL and a real Kafka. */
@Timeout(240)
class DrainIT extends RelayFunctionTest {

    private static final Duration LONG = Duration.ofSeconds(60);

    private static final int WINDOW = 200;

    /** Let a drain take its time: a small window, and a producer that waits before it sends. */
    private static final String[] SLOW = {"WALPOST_RELAY_IN_FLIGHT_EVENTS=" + WINDOW, "KAFKA_LINGER_MS=50"};

    @Test
    void publishesWhatIsCommittedAndReports() throws Exception {
        outbox.publish(0, 1_000);
        LambdaFunction function = function(LONG);
        try (Arrivals arrivals = new Arrivals(outbox)) {
            JsonNode report = reportOf(function);

            await().atMost(PATIENCE).until(() -> arrivals.count() == 1_000);
            arrivals.assertComplete(1_000);
            assertThat(report.get("reason").textValue()).isEqualTo("drained");
            assertThat(report.get("events").intValue()).isEqualTo(1_000);
            assertThat(report.get("bytes").intValue()).isGreaterThan(1_000);
            Lsn target = Lsn.parse(report.get("targetLsn").textValue());
            assertThat(Lsn.parse(report.get("fromLsn").textValue())).isLessThan(target);
            assertThat(Lsn.parse(report.get("toLsn").textValue())).isGreaterThanOrEqualTo(target);
            assertThat(outbox.confirmed()).isGreaterThanOrEqualTo(target);
            assertThat(report.get("lagBytes").longValue()).isBetween(0L, 10_000L);
            assertThat(report.get("retainedBytes").longValue())
                    .isGreaterThanOrEqualTo(report.get("lagBytes").longValue());
            assertThat(report.has("failure")).isFalse();
        }
        assertThat(metrics(function)).singleElement().satisfies(line -> {
            assertThat(line.at("/_aws/CloudWatchMetrics/0/Namespace").textValue())
                    .isEqualTo("Walpost/Relay");
            assertThat(line.get("Slot").textValue()).isEqualTo(outbox.name);
            assertThat(line.get("EventsPublished").intValue()).isEqualTo(1_000);
            assertThat(line.get("SlotLagSeconds").doubleValue()).isZero();
            assertThat(line.get("SlotRetainedBytes").longValue())
                    .isGreaterThanOrEqualTo(line.get("SlotLagBytes").longValue());
            assertThat(line.get("DrainFailures").intValue()).isZero();
            assertThat(line.get("SlotBusy").intValue()).isZero();
            assertThat(line.get("WalStatusLost").intValue()).isZero();
            assertThat(line.get("Duration").intValue()).isPositive();
        });
        assertThat(function.log()).doesNotContain("ERROR", "WARN", Servers.PASSWORD);
    }

    @Test
    void spendsOneConnectionAndNoProducerOnNothing() throws Exception {
        LambdaFunction function = function(LONG, "KAFKA_BOOTSTRAP_SERVERS=127.0.0.1:1");
        outbox.writeElsewhere(100_000);
        Lsn confirmed = outbox.confirmed();
        await().atMost(PATIENCE).until(() -> outbox.sessionsOfOthers() == 0);

        JsonNode report = reportOf(function);

        assertThat(report.get("reason").textValue()).isEqualTo("drained");
        assertThat(report.get("events").intValue()).isZero();
        assertThat(report.get("lagBytes").intValue()).isGreaterThan(100_000);
        assertThat(outbox.confirmed()).isEqualTo(confirmed);
        await().atMost(PATIENCE).until(() -> outbox.sessionsOfOthers() > 0);
        assertThat(outbox.sessionsOfOthers()).isEqualTo(1);
    }

    @Test
    void movesTheSlotOnceMuchLogLiesBehindIt() throws Exception {
        LambdaFunction function = function(LONG);
        outbox.writeElsewhere(20_000_000);
        Lsn confirmed = outbox.confirmed();

        JsonNode report = reportOf(function);

        assertThat(report.get("reason").textValue()).isEqualTo("drained");
        assertThat(report.get("events").intValue()).isZero();
        assertThat(outbox.confirmed()).isGreaterThan(confirmed);
        assertThat(report.get("lagBytes").intValue()).isLessThan(1_000_000);
    }

    @Test
    void stopsBeforeItsDeadlineAndGoesOnThereTheNextTime() throws Exception {
        int events = 40_000;
        LambdaFunction function = function(Duration.ofSeconds(10), SLOW);
        reportOf(function);
        outbox.publish(0, events);
        List<JsonNode> reports = new ArrayList<>();
        try (Arrivals arrivals = new Arrivals(outbox)) {
            do {
                reports.add(reportOf(function));
            } while (reports.getLast().get("reason").textValue().equals("deadline"));

            await().atMost(PATIENCE).until(() -> arrivals.count() == events);
            arrivals.assertComplete(events);
            assertThat(arrivals.duplicates())
                    .as("what was published was confirmed before the end")
                    .isZero();
        }
        assertThat(reports).hasSizeGreaterThan(1);
        assertThat(reports.getLast().get("reason").textValue()).isEqualTo("drained");
        for (int i = 1; i < reports.size(); i++) {
            assertThat(reports.get(i).get("fromLsn"))
                    .isEqualTo(reports.get(i - 1).get("toLsn"));
            assertThat(reports.get(i - 1).get("millis").intValue()).isLessThan(9_500);
        }
        assertThat(reports.stream()
                        .mapToInt(report -> report.get("events").intValue())
                        .sum())
                .isEqualTo(events);
        assertThat(metrics(function).get(1).get("SlotLagSeconds").doubleValue()).isPositive();
    }

    @ParameterizedTest
    @CsvSource({"at-least-once, " + WINDOW, "exactly-once, 0"})
    void losesNothingWhenItIsKilled(String delivery, int mostDuplicates) throws Exception {
        int events = 10_000;
        LambdaFunction function = function(LONG, SLOW[0], SLOW[1], "WALPOST_RELAY_DELIVERY=" + delivery);
        outbox.publish(0, events);
        try (Arrivals arrivals = new Arrivals(outbox)) {
            CompletableFuture<Answer> invocation = invoke(function);
            await().atMost(PATIENCE).pollInterval(Duration.ofMillis(5)).until(() -> arrivals.count() > 1_000);
            function.kill();
            assertThat(invocation.get(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isInstanceOf(Answer.Ended.class);
            assertThat(arrivals.count()).isLessThan(events);
            // The server notices the end of the connection a moment later.
            await().atMost(PATIENCE).until(() -> !outbox.isRead());

            assertThat(reportOf(function).get("reason").textValue()).isEqualTo("drained");

            await().atMost(PATIENCE).until(() -> arrivals.count() == events);
            arrivals.assertComplete(events);
            assertThat(arrivals.duplicates()).isLessThanOrEqualTo(mostDuplicates);
        }
    }

    /** While it starts, connects, reads, publishes or confirms, as chance has it. */
    @Test
    void losesNothingWheneverItIsKilled() throws Exception {
        int events = 8_000;
        int kills = 4;
        long seed = System.nanoTime();
        System.out.println("Kills by the seed " + seed);
        Random random = new Random(seed);
        LambdaFunction function = function(LONG, SLOW);
        outbox.publish(0, events);
        try (Arrivals arrivals = new Arrivals(outbox)) {
            for (int kill = 0; kill < kills; kill++) {
                CompletableFuture<Answer> invocation = invoke(function);
                int enough = arrivals.count() + 1 + random.nextInt(1_000);
                long instant = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(random.nextInt(300, 3_000));
                // By progress as well as by time: a busy machine does not come far in a time.
                boolean byProgress = kill % 2 == 0;
                await().atMost(PATIENCE)
                        .pollInterval(Duration.ofMillis(5))
                        .until(() -> byProgress ? arrivals.count() >= enough : System.nanoTime() > instant);
                function.kill();
                assertThat(invocation.get(PATIENCE.toSeconds(), TimeUnit.SECONDS))
                        .isInstanceOf(Answer.Ended.class);
                await().atMost(PATIENCE).until(() -> !outbox.isRead());
            }
            assertThat(reportOf(function).get("reason").textValue()).isEqualTo("drained");

            await().atMost(PATIENCE).until(() -> arrivals.count() == events);
            arrivals.assertComplete(events);
            assertThat(arrivals.duplicates())
                    .as("no more than the window each time")
                    .isLessThanOrEqualTo(kills * WINDOW);
        }
    }

    @Test
    void findsTheSlotBusyWhileAnotherInvocationDrains() throws Exception {
        int events = 10_000;
        LambdaFunction first = function(LONG, SLOW);
        LambdaFunction second = function(LONG);
        // Started by now, so that it is quicker than the other one's drain.
        reportOf(second);
        outbox.publish(0, events);
        CompletableFuture<Answer> invocation = invoke(first);
        try (Arrivals arrivals = new Arrivals(outbox)) {
            // Before, the slot is also held for a moment to look whether there is anything.
            await().atMost(PATIENCE).pollInterval(Duration.ofMillis(5)).until(() -> arrivals.count() > 0);
        }

        JsonNode report = reportOf(second);

        assertThat(report.get("reason").textValue()).isEqualTo("slot-busy");
        assertThat(report.get("events").intValue()).isZero();
        JsonNode line = metrics(second).getLast();
        assertThat(line.get("SlotBusy").intValue()).isEqualTo(1);
        assertThat(line.get("DrainFailures").intValue()).isZero();
        assertThat(line.get("SlotLagBytes").intValue())
                .as("it has looked at the slot")
                .isPositive();
        assertThat(line.has("SlotRetainedBytes")).isTrue();
        JsonNode drained = report(invocation.get(PATIENCE.toSeconds(), TimeUnit.SECONDS));
        assertThat(drained.get("events").intValue()).isEqualTo(events);
    }

    @Test
    void worksAtOnceWhenItIsThawedAfterTheServersHaveForgottenIt() throws Exception {
        LambdaFunction function = function(LONG);
        try (Arrivals arrivals = new Arrivals(outbox)) {
            outbox.publish(0, 10);
            reportOf(function);
            function.freeze();
            Servers.postgres().kill();
            Servers.kafka().kill();
            Servers.postgres();
            Servers.kafka();
            outbox.publish(10, 10);
            function.thaw();

            JsonNode report = reportOf(function);

            assertThat(report.get("reason").textValue()).isEqualTo("drained");
            assertThat(report.get("events").intValue())
                    .as("a server that has crashed may know an earlier position of its slot")
                    .isBetween(10, 20);
            await().atMost(PATIENCE).until(() -> arrivals.count() == 20);
            arrivals.assertComplete(20);
        }
    }
}
