package io.walpost.consumer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.walpost.outbox.EventHeaders;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class RecordConsumerTest {

    private static final byte[] KEY = "42".getBytes(UTF_8);
    private static final RetryPolicy QUICK =
            new RetryPolicy(Duration.ofNanos(1), Duration.ofNanos(1), 1, Duration.ofHours(1));
    private static final RetryPolicy SLOW =
            new RetryPolicy(Duration.ofHours(1), Duration.ofHours(1), 1, Duration.ofHours(1));
    private static final Outcome.Applied APPLIED = new Outcome.Applied();

    private final RecordingListener listener = new RecordingListener();
    private final FaultyDeadLetters letters = new FaultyDeadLetters();
    private final Shutdown shutdown = new Shutdown();

    @AfterEach
    void leavesNothingInWork() {
        assertThat(listener.inWork).isEmpty();
    }

    @Test
    void handsOverTheEventAndReportsTheOutcome() {
        UUID id = UUID.randomUUID();
        EventHandler handler = event -> event.id().equals(id) ? APPLIED : new Outcome.Ignored();

        assertThat(consume(handler, QUICK, record(id))).isEqualTo(APPLIED);
        assertThat(listener.outcomes).containsExactly(APPLIED);
        assertThat(letters.stored).isEmpty();
    }

    @Test
    void tellsWhatItIsWorkingOn() {
        EventHandler handler = event -> {
            assertThat(listener.inWork).containsExactly(Events.COORDINATES);
            return APPLIED;
        };

        assertThat(consume(handler, QUICK, record(UUID.randomUUID()))).isEqualTo(APPLIED);
    }

    @Test
    void putsARecordAsideThatIsNoEvent() {
        IncomingRecord record = new IncomingRecord(Events.COORDINATES, KEY, List.of(), null);

        assertThat(consume(RecordConsumerTest::mustNotBeCalled, QUICK, record))
                .isInstanceOfSatisfying(Outcome.DeadLetter.class, dead -> assertThat(dead.failure())
                        .isEqualTo(Failure.MALFORMED_RECORD));
        assertThat(letters.stored).containsExactly(record);
        assertThat(listener.outcomes).hasSize(1);
    }

    @Test
    void putsADeadLetterUntilItIsTaken() {
        letters.refuse(100);

        assertThat(consume(RecordConsumerTest::unprocessable, QUICK, record(UUID.randomUUID())))
                .isInstanceOf(Outcome.DeadLetter.class);
        assertThat(letters.stored).hasSize(1);
        assertThat(listener.refusals).hasSize(100);
        assertThat(listener.outcomes).hasSize(1);
    }

    @Test
    void putsADeadLetterAgainThatWasStoredWithoutAnAnswer() {
        letters.storeAndRefuse(1);

        assertThat(consume(RecordConsumerTest::unprocessable, QUICK, record(UUID.randomUUID())))
                .isInstanceOf(Outcome.DeadLetter.class);
        assertThat(letters.stored).as("twice rather than never").hasSize(2);
    }

    @Test
    void saysWhatThePoolOfTheStoreMeans() {
        SQLException known = new SQLException("there is no password", "28000");
        DeadLetters behindAPool = new DeadLetters() {
            private boolean isRefused;

            @Override
            public void put(IncomingRecord record, Outcome.DeadLetter verdict) {
                if (!isRefused) {
                    isRefused = true;
                    throw new IllegalStateException("no connection", known);
                }
            }
        };

        new RecordConsumer(
                        Batches.of(RecordConsumerTest::unprocessable), behindAPool, QUICK, listener, Clock.systemUTC())
                .consume(List.of(record(UUID.randomUUID())), shutdown);

        assertThat(listener.refusals).singleElement().satisfies(refusal -> {
            assertThat(refusal).hasMessage("database-not-prepared: IllegalStateException: no connection");
            assertThat(refusal.hint()).isEqualTo(Failure.DATABASE_NOT_PREPARED.hint());
        });
    }

    @Test
    void countsNoDeadLetterThatIsNotStored() throws Exception {
        letters.refuse(Integer.MAX_VALUE);
        CompletableFuture<Outcome> outcome = CompletableFuture.supplyAsync(
                () -> consume(RecordConsumerTest::unprocessable, SLOW, record(UUID.randomUUID())),
                Thread::startVirtualThread);
        await().until(() -> !listener.refusals.isEmpty());
        assertThat(outcome).isNotDone();
        assertThat(listener.outcomes).isEmpty();

        shutdown.begin();

        assertThat(outcome.get(10, TimeUnit.SECONDS)).isInstanceOf(Outcome.Retry.class);
        assertThat(listener.outcomes).isEmpty();
    }

    @Test
    void beginsNothingAfterTheShutdownHasBegun() {
        shutdown.begin();

        assertThat(consume(RecordConsumerTest::mustNotBeCalled, QUICK, record(UUID.randomUUID())))
                .isInstanceOf(Outcome.Retry.class);
        assertThat(consume(
                        RecordConsumerTest::mustNotBeCalled,
                        QUICK,
                        new IncomingRecord(Events.COORDINATES, null, List.of(), null)))
                .isInstanceOf(Outcome.Retry.class);
        assertThat(letters.stored).isEmpty();
        assertThat(listener.outcomes).isEmpty();
    }

    @Test
    void putsNothingAsideThatFailsDuringTheShutdown() {
        EventHandler handler = event -> {
            shutdown.begin();
            return unprocessable(event);
        };

        assertThat(consume(handler, QUICK, record(UUID.randomUUID()))).isInstanceOf(Outcome.Retry.class);
        assertThat(letters.stored).isEmpty();
    }

    private Outcome consume(EventHandler handler, RetryPolicy policy, IncomingRecord record) {
        return new RecordConsumer(Batches.of(handler), letters, policy, listener, Clock.systemUTC())
                .consume(List.of(record), shutdown)
                .getFirst();
    }

    private static Outcome unprocessable(ReceivedEvent event) throws UnprocessableEventException {
        throw new UnprocessableEventException("no such order");
    }

    private static Outcome mustNotBeCalled(ReceivedEvent event) {
        throw new AssertionError("must not be handled");
    }

    private static IncomingRecord record(UUID id) {
        RecordHeader header = new RecordHeader(EventHeaders.ID, id.toString().getBytes(UTF_8));
        return new IncomingRecord(Events.COORDINATES, KEY, List.of(header), null);
    }
}
