package io.walpost.relay.replication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import io.walpost.outbox.Lsn;
import io.walpost.relay.checkpoint.EventPosition;
import io.walpost.relay.checkpoint.ResumePoint;
import io.walpost.relay.checkpoint.WalHistory;
import io.walpost.relay.failure.FailureKind;
import io.walpost.relay.failure.RelayException;
import io.walpost.relay.replication.ReplicationSource.OpenStream;
import io.walpost.relay.testing.OutboxDatabase;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Where a stream begins, on a real PostgreSQL. */
class PgReplicationSourceTest {

    private static final long FAR = 1L << 40;

    private final OutboxDatabase database = OutboxDatabase.prepared();
    private final Lsn confirmed = database.confirmedFlushLsn();

    @AfterEach
    void close() {
        database.close();
    }

    private OpenStream open(ResumePoint resume) throws RelayException {
        OpenStream open = new PgReplicationSource(database.settings()).open(resume);
        open.stream().close();
        return open;
    }

    private WalHistory history() throws RelayException {
        return open(ResumePoint.none()).from().history();
    }

    /** The slot is free once its walsender has noticed. */
    private void release() {
        await().until(() -> database.walsender() == null);
    }

    @Test
    void beginsWhereTheSlotIs() throws RelayException {
        OpenStream open = open(ResumePoint.none());
        assertThat(new Lsn(open.from().flushed())).isEqualTo(confirmed);
        assertThat(open.from().published()).isEqualTo(EventPosition.NONE);
        assertThat(new Lsn(open.walEnd())).isGreaterThanOrEqualTo(confirmed);
    }

    /** Whatever is under way: who comes next must not find it held. */
    @Test
    void hasReleasedTheSlotOnceItsStreamHasEnded() throws RelayException {
        PgReplicationSource source = new PgReplicationSource(database.settings());
        for (int time = 0; time < 10; time++) {
            database.execute(
                    "INSERT INTO outboxevent (id, aggregatetype, aggregateid, type, timestamp, payload)"
                            + " SELECT gen_random_uuid(), 'order', i::text, 'Placed', now(), '{}' FROM generate_series(1, 5000) i");
            try (ReplicationStream stream = source.open(ResumePoint.none()).stream()) {
                await().until(() -> stream.poll() != null);
                stream.end(Duration.ofSeconds(30));
                assertThat(database.walsender()).isNull();
            }
        }
    }

    @Test
    void goesOnWhereThisProcessWas() throws RelayException {
        WalHistory history = history();
        release();
        database.publish("order", "1", "one");
        long reached = database.currentLsn().value();
        ResumePoint resume = new ResumePoint(history, reached, new EventPosition(reached, 7));
        ResumePoint from = open(resume).from();
        assertThat(from.flushed()).isEqualTo(resume.flushed());
        assertThat(from.published()).isEqualTo(resume.published());
    }

    @Test
    void saysThatTheServerLacksAProtocolVersion() {
        assertThatExceptionOfType(RelayException.class)
                .isThrownBy(() -> new PgReplicationSource(database.settings(), 99).open(ResumePoint.none()))
                .withMessageContaining("at " + confirmed)
                .withMessageContaining("proto_version=99")
                .satisfies(failure -> assertThat(failure.kind()).isEqualTo(FailureKind.PROTOCOL));
    }

    @Test
    void leavesItToTheSlotInAnotherHistory() throws RelayException {
        WalHistory history = history();
        release();
        WalHistory promoted = new WalHistory(history.systemId(), history.timeline() + 1);
        long reached = database.currentLsn().value();
        ResumePoint from = open(new ResumePoint(promoted, reached, new EventPosition(reached, 7)))
                .from();
        assertThat(new Lsn(from.flushed())).isEqualTo(confirmed);
        assertThat(from.published()).isEqualTo(EventPosition.NONE);
    }

    @Test
    void leavesItToTheSlotWhenTheLogEndsBeforeWhatWasPublished() throws RelayException {
        WalHistory history = history();
        release();
        ResumePoint from = open(new ResumePoint(history, confirmed.value(), new EventPosition(FAR, 1)))
                .from();
        assertThat(from.published()).isEqualTo(EventPosition.NONE);
        release();
        from = open(new ResumePoint(history, FAR, new EventPosition(FAR, 1))).from();
        assertThat(new Lsn(from.flushed())).isEqualTo(confirmed);
    }

    /** As a relay does that was frozen: to take what the other one did for a gap would end it for good. */
    @Test
    void standsByWhileAnotherRelayReadsAndMovesTheSlot() throws RelayException {
        PgReplicationSource source = new PgReplicationSource(database.settings());
        source.open(ResumePoint.none()).stream().close();
        release();
        database.publish("order", "1", "one");
        Lsn moved = database.currentLsn();
        try (ReplicationStream other = new PgReplicationSource(database.settings()).open(ResumePoint.none()).stream()) {
            other.sendStatus(moved.value(), false);
            await().until(() -> database.confirmedFlushLsn().equals(moved));
            assertThatExceptionOfType(RelayException.class)
                    .isThrownBy(() -> source.open(ResumePoint.none()))
                    .satisfies(failure -> assertThat(failure.kind()).isEqualTo(FailureKind.SLOT_BUSY));
        }
        release();
        OpenStream open = source.open(ResumePoint.none());
        open.stream().close();
        assertThat(new Lsn(open.from().flushed())).isEqualTo(moved);
    }

    @Test
    void takesTheSlotOverAsSoonAsItIsReleasedIfItMayWait() throws Exception {
        PgReplicationSource patient = new PgReplicationSource(database.settings(), () -> true);
        ReplicationStream other = new PgReplicationSource(database.settings()).open(ResumePoint.none()).stream();
        CompletableFuture<OpenStream> waiting = CompletableFuture.supplyAsync(
                () -> {
                    try {
                        return patient.open(ResumePoint.none());
                    } catch (RelayException e) {
                        throw new IllegalStateException(e);
                    }
                },
                Thread::startVirtualThread);
        await().until(() -> database.query("SELECT count(*) FROM pg_stat_activity WHERE datname = '" + database.name()
                        + "' AND query LIKE 'SELECT active%'")
                .equals("1"));
        assertThat(waiting).isNotDone();
        other.close();
        waiting.get(1, TimeUnit.MINUTES).stream().close();
    }

    @Test
    void waitsNoLongerThanItMay() throws RelayException {
        AtomicInteger asked = new AtomicInteger();
        PgReplicationSource patient = new PgReplicationSource(database.settings(), () -> asked.incrementAndGet() < 5);
        try (ReplicationStream other = new PgReplicationSource(database.settings()).open(ResumePoint.none()).stream()) {
            assertThatExceptionOfType(RelayException.class)
                    .isThrownBy(() -> patient.open(ResumePoint.none()))
                    .satisfies(failure -> assertThat(failure.kind()).isEqualTo(FailureKind.SLOT_BUSY));
        }
        assertThat(asked).hasValue(5);
    }
}
