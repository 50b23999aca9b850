package io.walpost.relay.lambda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.walpost.relay.failure.FailureKind;
import io.walpost.relay.failure.RelayException;
import io.walpost.relay.runtime.Settings;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What an invocation runs, in this JVM, where it can be looked at while it goes on. */
@Timeout(180)
class RunIT {

    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final Duration LONG = Duration.ofMinutes(2);
    private static final int WINDOW = 200;

    /** Let a drain take its time: a small window, and a producer that waits before it sends. */
    private static final String[] SLOW = {"walpost.relay.in-flight.events=" + WINDOW, "kafka.linger.ms=50"};

    private final Outbox outbox = new Outbox();

    @AfterEach
    void close() throws Exception {
        outbox.close();
    }

    private Run run(Mode mode, Settings settings, Duration limit) {
        return switch (mode) {
            case DRAIN -> new DrainRun(settings, limit, log());
            case CONTINUOUS -> new ContinuousRun(settings, limit, log());
        };
    }

    private MetricsLog log() {
        return new MetricsLog(outbox.name, InstantSource.system());
    }

    private static FutureTask<Void> start(Run run) {
        FutureTask<Void> task = new FutureTask<>(() -> {
            run.run();
            return null;
        });
        Thread.ofPlatform().daemon().start(task);
        return task;
    }

    private static void awaitEnd(FutureTask<Void> task) throws Exception {
        task.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }

    @ParameterizedTest
    @EnumSource
    void sendsNothingOnceItIsGivenUp(Mode mode) throws Exception {
        int events = 10_000;
        outbox.publish(0, events);
        try (Arrivals arrivals = new Arrivals(outbox)) {
            Run run = run(mode, outbox.settings(SLOW), LONG);
            FutureTask<Void> task = start(run);
            await().atMost(PATIENCE).pollInterval(Duration.ofMillis(5)).until(() -> arrivals.count() > 1_000);
            Servers.kafka().pause();
            try {
                assertThat(producers()).isPositive();
                run.giveUp();
                assertThat(producers())
                        .as("that would send what they have once Kafka answers again")
                        .isZero();
            } finally {
                Servers.kafka().resume();
            }
            awaitEnd(task);
            assertThat(arrivals.count()).isLessThan(events);

            Run next = run(Mode.DRAIN, outbox.settings(), LONG);
            next.run();
            assertThat(next.report(Optional.empty()).reason()).isEqualTo(StopReason.DRAINED);
            await().atMost(PATIENCE).until(() -> arrivals.count() == events);
            arrivals.assertComplete(events);
            assertThat(arrivals.duplicates()).as("no more than the window").isLessThanOrEqualTo(WINDOW);
        }
    }

    private static long producers() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.isAlive() && thread.getName().startsWith("kafka-producer-network-thread"))
                .count();
    }

    @Test
    void publishesNothingIfItsTimeIsOverBeforeTheServerHasAnswered() throws Exception {
        outbox.publish(0, 10);
        Duration limit = Duration.ofMillis(500);
        Run run = run(Mode.DRAIN, outbox.settings(), limit);
        Servers.postgres().pause();
        FutureTask<Void> task;
        try {
            task = start(run);
            long begun = System.nanoTime();
            await().atMost(PATIENCE).until(() -> System.nanoTime() - begun > 2 * limit.toNanos());
            assertThat(task).isNotDone();
        } finally {
            Servers.postgres().resume();
        }
        awaitEnd(task);

        RunReport report = run.report(Optional.empty());
        assertThat(report.events()).isZero();
        assertThat(report.failure()).map(RelayException::kind).contains(FailureKind.DATABASE_UNAVAILABLE);
        assertThat(outbox.confirmed()).isEqualTo(report.from().orElseThrow());
    }

    @Test
    void keepsTryingInContinuousModeWhenItsFirstLoginIsRefused() throws Exception {
        Run run = run(Mode.CONTINUOUS, refused(), LONG);
        FutureTask<Void> task = start(run);
        await().atMost(PATIENCE).until(() -> run.report(Optional.empty()).reason() == StopReason.FAILED);
        assertThat(run.report(Optional.empty()).failure())
                .map(RelayException::kind)
                .contains(FailureKind.AUTHENTICATION);
        assertThat(task).isNotDone();

        outbox.execute("ALTER ROLE " + outbox.name + " PASSWORD 'second'");
        outbox.publish(0, 10);
        try (Arrivals arrivals = new Arrivals(outbox)) {
            await().atMost(PATIENCE).until(() -> arrivals.count() == 10);
        }
        await().atMost(PATIENCE).until(() -> run.report(Optional.empty()).reason() == StopReason.DEADLINE);
        run.giveUp();
        awaitEnd(task);
    }

    @Test
    void failsInContinuousModeWhenItsLoginIsRefusedToTheEnd() throws Exception {
        Run run = run(Mode.CONTINUOUS, refused(), Duration.ofSeconds(5));
        run.run();

        RunReport report = run.report(Optional.empty());
        assertThat(report.reason()).isEqualTo(StopReason.FAILED);
        assertThat(report.failure()).map(RelayException::kind).contains(FailureKind.AUTHENTICATION);
    }

    /** Of a role whose password is another one. */
    private Settings refused() {
        outbox.execute("CREATE ROLE " + outbox.name + " LOGIN REPLICATION PASSWORD 'first'");
        return outbox.settings("walpost.relay.postgres.user=" + outbox.name, "walpost.relay.postgres.password=second");
    }

    /** Each invocation would publish its beginning again, and none would ever confirm it. */
    @ParameterizedTest
    @EnumSource
    void failsAtATransactionThatIsTooLargeForAnInvocation(Mode mode) throws Exception {
        int events = 30_000;
        outbox.publishInOneTransaction(events);
        Settings settings = outbox.settings(SLOW).withDrainTimeoutOfAtMost(Duration.ofSeconds(1));

        RunReport report;
        int invocations = 0;
        do {
            Run run = run(mode, settings, Duration.ofSeconds(3));
            run.run();
            report = run.report(Optional.empty());
            invocations++;
            // The server tells of progress while it reads the transaction's log, but that is soon at its end.
        } while (report.reason() == StopReason.DEADLINE && invocations < 10);

        assertThat(report.reason()).isEqualTo(StopReason.FAILED);
        assertThat(report.events()).isPositive().isLessThan(events);
        assertThat(report.failure()).get().satisfies(failure -> {
            assertThat(failure).hasMessageContaining("came to no end");
            assertThat(failure.hint()).contains("Raise the function's timeout");
        });
    }

    @Test
    void tellsAgainAndAgainHowFarALongDrainIs() throws Exception {
        int events = 5_000;
        outbox.publish(0, events);
        MetricsLog log = new MetricsLog(outbox.name, InstantSource.system(), Duration.ofMillis(100));
        Run run = new DrainRun(outbox.settings(SLOW), LONG, log);
        List<JsonNode> lines = printed(() -> {
            run.run();
            log.end(run.report(Optional.empty()), Duration.ofSeconds(1));
            log.progress(events, 0, Optional.empty(), Optional.empty());
        });

        assertThat(lines).hasSizeGreaterThan(2);
        assertThat(lines).allSatisfy(line -> {
            assertThat(line.get("SlotLagBytes").longValue()).isNotNegative();
            assertThat(line.get("SlotRetainedBytes").longValue()).isPositive();
            assertThat(line.has("SlotLagSeconds")).isTrue();
        });
        assertThat(lines.stream()
                        .mapToInt(line -> line.get("EventsPublished").intValue())
                        .sum())
                .as("each counts what is new")
                .isEqualTo(events);
        assertThat(lines.stream().filter(line -> line.has("Duration")))
                .as("the end, after which nothing comes")
                .containsExactly(lines.getLast());
    }

    private static List<JsonNode> printed(Printing printing) throws Exception {
        PrintStream before = System.out;
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        System.setOut(new PrintStream(bytes, true, StandardCharsets.UTF_8));
        try {
            printing.print();
        } finally {
            System.setOut(before);
        }
        return metrics(bytes.toString(StandardCharsets.UTF_8));
    }

    private static List<JsonNode> metrics(String text) throws IOException {
        ObjectMapper json = new ObjectMapper();
        List<JsonNode> lines = new ArrayList<>();
        for (String line :
                text.lines().filter(each -> each.startsWith("{\"_aws\"")).toList()) {
            lines.add(json.readTree(line));
        }
        return lines;
    }

    @FunctionalInterface
    private interface Printing {
        void print() throws Exception;
    }
}
