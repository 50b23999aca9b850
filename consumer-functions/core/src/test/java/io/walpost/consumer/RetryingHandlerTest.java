package io.walpost.consumer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class RetryingHandlerTest {

    private static final RetryPolicy QUICK =
            new RetryPolicy(Duration.ofNanos(1), Duration.ofNanos(1), 3, Duration.ofHours(1));
    private static final RetryPolicy SLOW =
            new RetryPolicy(Duration.ofHours(1), Duration.ofHours(1), 3, Duration.ofHours(1));

    private final RecordingListener listener = new RecordingListener();
    private final Shutdown shutdown = new Shutdown();
    private final AtomicInteger attempts = new AtomicInteger();

    @Test
    void waitsForTheDatabaseAsLongAsItTakes() {
        Outcome outcome = handle(QUICK, event -> {
            if (attempts.incrementAndGet() <= 100) {
                throw new SQLException("refused", "08001");
            }
            return new Outcome.Applied();
        });

        assertThat(outcome).isEqualTo(new Outcome.Applied());
        assertThat(listener.retries).hasSize(100).allMatch(retry -> retry.failure() == Failure.DATABASE_UNREACHABLE);
    }

    @Test
    void givesUpOnWhatItDoesNotUnderstand() {
        IllegalStateException unknown = new IllegalStateException();
        Outcome outcome = handle(QUICK, event -> {
            attempts.incrementAndGet();
            throw unknown;
        });

        assertThat(outcome).isEqualTo(new Outcome.DeadLetter(unknown, Failure.UNKNOWN));
        assertThat(attempts).hasValue(3);
        assertThat(listener.retries).hasSize(2);
    }

    @Test
    void waitsForAProcessThatLacksMemory() {
        Outcome outcome = handle(QUICK, event -> {
            if (attempts.incrementAndGet() <= 100) {
                throw new OutOfMemoryError();
            }
            return new Outcome.Applied();
        });

        assertThat(outcome).isEqualTo(new Outcome.Applied());
    }

    @Test
    void doesNotCountAnOutageAmongTheAttemptsOnWhatItDoesNotUnderstand() {
        Outcome outcome = handle(QUICK, event -> switch (attempts.incrementAndGet()) {
            case 1, 12 -> throw new StackOverflowError();
            case 13 -> new Outcome.Applied();
            default -> throw new SQLException("refused", "08001");
        });

        assertThat(outcome).isEqualTo(new Outcome.Applied());
    }

    @Test
    void givesUpByTimeOnWhatItDoesNotUnderstandHoweverFewTheAttempts() {
        RetryPolicy policy =
                new RetryPolicy(Duration.ofMinutes(1), Duration.ofMinutes(1), 1000, Duration.ofMinutes(10));
        ManualClock clock = new ManualClock();
        Instant began = clock.instant();

        Outcome outcome = new RetryingHandler(
                        event -> {
                            attempts.incrementAndGet();
                            throw new IllegalStateException();
                        },
                        policy,
                        listener,
                        new Suspicions(policy, clock),
                        clock,
                        clock.patience())
                .handle(Events.random());

        assertThat(outcome).isInstanceOf(Outcome.DeadLetter.class);
        assertThat(Duration.between(began, clock.instant())).isBetween(Duration.ofMinutes(10), Duration.ofMinutes(11));
        assertThat(attempts).hasValueBetween(11, 21);
    }

    @Test
    void doesNotCountTheTimeOfAnOutageAgainstTheEvent() {
        RetryPolicy policy =
                new RetryPolicy(Duration.ofMinutes(1), Duration.ofMinutes(1), 1000, Duration.ofMinutes(10));
        ManualClock clock = new ManualClock();

        Outcome outcome = new RetryingHandler(
                        event -> switch (attempts.incrementAndGet()) {
                            case 1, 102 -> throw new IllegalStateException();
                            case 103 -> new Outcome.Applied();
                            default -> throw new SinkException(Failure.SINK_UNREACHABLE, "away", null);
                        },
                        policy,
                        listener,
                        new Suspicions(policy, clock),
                        clock,
                        clock.patience())
                .handle(Events.random());

        assertThat(outcome).isEqualTo(new Outcome.Applied());
    }

    @Test
    void endsItsWaitIfTheHandlerWasInterruptedAndLeavesTheThreadSo() {
        Outcome outcome = handle(SLOW, event -> {
            throw new InterruptedException();
        });

        assertThat(outcome).isInstanceOf(Outcome.Retry.class);
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void triesADeadLetterOnce() {
        Outcome outcome = handle(QUICK, event -> {
            attempts.incrementAndGet();
            throw new UnprocessableEventException("no such order");
        });

        assertThat(outcome).isInstanceOf(Outcome.DeadLetter.class);
        assertThat(attempts).hasValue(1);
        assertThat(listener.retries).isEmpty();
    }

    @Test
    void stopsWaitingAtTheShutdown() throws Exception {
        RetryingHandler handler = retrying(SLOW, this::unreachable);
        CompletableFuture<Outcome> outcome =
                CompletableFuture.supplyAsync(() -> handler.handle(Events.random()), Thread::startVirtualThread);
        await().until(() -> !listener.retries.isEmpty());

        shutdown.begin();

        assertThat(outcome.get(10, TimeUnit.SECONDS)).isInstanceOf(Outcome.Retry.class);
        assertThat(handler.handle(Events.random())).isInstanceOf(Outcome.Retry.class);
        assertThat(attempts).as("no attempt after it").hasValue(1);
    }

    @Test
    void stopsWaitingWhenItIsInterruptedAndLeavesTheThreadSo() throws Exception {
        RetryingHandler handler = retrying(SLOW, this::unreachable);
        AtomicReference<Outcome> outcome = new AtomicReference<>();
        CompletableFuture<Boolean> interrupted = new CompletableFuture<>();
        Thread thread = Thread.ofPlatform().start(() -> {
            outcome.set(handler.handle(Events.random()));
            interrupted.complete(Thread.currentThread().isInterrupted());
        });
        await().until(() -> !listener.retries.isEmpty());

        thread.interrupt();

        assertThat(interrupted.get(10, TimeUnit.SECONDS)).isTrue();
        assertThat(outcome.get()).isInstanceOf(Outcome.Retry.class);
    }

    private Outcome unreachable(ReceivedEvent event) throws SQLException {
        attempts.incrementAndGet();
        throw new SQLException("refused", "08001");
    }

    private Outcome handle(RetryPolicy policy, EventHandler handler) {
        return retrying(policy, handler).handle(Events.random());
    }

    private RetryingHandler retrying(RetryPolicy policy, EventHandler handler) {
        return new RetryingHandler(
                handler, policy, listener, new Suspicions(policy, Clock.systemUTC()), Clock.systemUTC(), shutdown);
    }
}
