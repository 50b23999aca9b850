package io.walpost.relay;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.walpost.relay.capture.CaptureSettings;
import io.walpost.relay.checkpoint.EventPosition;
import io.walpost.relay.checkpoint.ResumePoint;
import io.walpost.relay.checkpoint.WalHistory;
import io.walpost.relay.failure.FailureKind;
import io.walpost.relay.failure.RelayException;
import io.walpost.relay.poison.ParkedCodec;
import io.walpost.relay.poison.ParkedKey;
import io.walpost.relay.poison.ParkedLog;
import io.walpost.relay.poison.ParkedRecord;
import io.walpost.relay.poison.Parking;
import io.walpost.relay.poison.PoisonPolicy;
import io.walpost.relay.publish.Acknowledgements;
import io.walpost.relay.publish.EventPublisher;
import io.walpost.relay.replication.ReplicationSource.OpenStream;
import io.walpost.relay.replication.ReplicationStream;
import io.walpost.relay.replication.WalFrame;
import io.walpost.relay.route.RoutedEvent;
import io.walpost.relay.route.RoutingSettings;
import io.walpost.relay.testing.Wire;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/** The loop itself, with a server and a broker that do exactly what a case needs. */
class RelaySessionTest {

    private static final WalHistory HISTORY = new WalHistory("7", 1);
    private static final RelaySettings SETTINGS = new RelaySettings(
            100,
            1 << 20,
            Duration.ZERO,
            Duration.ofSeconds(5),
            Duration.ofMinutes(2),
            Duration.ofMillis(1),
            Duration.ofMillis(1));

    private final Script server = new Script();
    private final Broker broker = new Broker();
    private RelaySettings settings = SETTINGS;
    private PoisonPolicy policy = PoisonPolicy.waiting();
    private ParkedLog parked = ParkedLog.empty();

    /** Runs until the script has been read to its end, then stops. */
    private ResumePoint run(ResumePoint from) throws RelayException {
        RelaySessionFactory factory = new RelaySessionFactory(
                broker::connect,
                CaptureSettings.ofTables("public.outboxevent"),
                RoutingSettings.of("/test"),
                settings,
                new RelayMetrics(Clock.systemUTC()),
                policy,
                () -> parked);
        try (RelaySession session = factory.open(new OpenStream(server, from, 0))) {
            session.run(server);
            return session.reached();
        }
    }

    private ResumePoint run() throws RelayException {
        return run(new ResumePoint(HISTORY, 50, EventPosition.NONE));
    }

    @Test
    void publishesATransactionAndConfirmsItsEnd() throws RelayException {
        server.sends(Wire.begin(100), Wire.outbox(), Wire.event("a"), Wire.event("b"), Wire.commit(100, 108));
        ResumePoint reached = run();
        assertThat(broker.published).containsExactly("a", "b");
        assertThat(reached).isEqualTo(new ResumePoint(HISTORY, 108, new EventPosition(100, 2)));
        assertThat(server.confirmed.getLast()).isEqualTo(108);
    }

    @Test
    void neverConfirmsAPositionWithinATransaction() throws RelayException {
        server.sends(Wire.begin(100), Wire.outbox(), Wire.event("a"));
        server.frames.add(new WalFrame.Keepalive(999, true));
        server.sends(Wire.event("b"), Wire.commit(100, 108));
        // The first one still finds the transaction in flight.
        server.frames.add(new WalFrame.Keepalive(200, false));
        server.frames.add(new WalFrame.Keepalive(200, false));
        run();
        assertThat(server.confirmed).doesNotContain(999L);
        assertThat(server.confirmed.getLast()).isEqualTo(200);
    }

    @Test
    void doesNotLetAKeepalivePassAnEventInFlight() throws RelayException {
        broker.acknowledges = false;
        server.sends(Wire.begin(100), Wire.outbox(), Wire.event("a"), Wire.commit(100, 108));
        server.frames.add(new WalFrame.Keepalive(999, true));
        server.onEnd = () -> broker.acknowledgeAll();
        run();
        assertThat(server.confirmed).containsOnly(50L, 108L).startsWith(50L).endsWith(108L);
    }

    @Test
    void answersAtOnceWhenTheServerWantsToHear() throws RelayException {
        server.frames.add(new WalFrame.Keepalive(50, false));
        server.frames.add(new WalFrame.Keepalive(50, true));
        run();
        // One at once, one for the request, two at the end.
        assertThat(server.confirmed).containsExactly(50L, 50L, 50L, 50L);
    }

    /** With the relay's own acknowledgements at once, and no other reason to confirm. */
    @Test
    void neverHasMoreThanTheWindowPublishedAndNotConfirmed() throws RelayException {
        int window = SETTINGS.maxInFlightEvents();
        for (int i = 1; i <= 10 * window; i++) {
            server.sends(Wire.begin(100 + i), Wire.outbox(), Wire.event("a"), Wire.commit(100 + i, 100 + i));
        }
        broker.onOffer = () -> {
            long covered = Math.max(0, server.confirmed.isEmpty() ? 0 : server.confirmed.getLast() - 100);
            assertThat(broker.published.size() - covered).isLessThanOrEqualTo(window);
        };
        settings = unhurried();
        run();
        assertThat(broker.published).hasSize(10 * window);
    }

    /** One that confirms in order to make room, and not because time has passed. */
    private static RelaySettings unhurried() {
        return new RelaySettings(
                SETTINGS.maxInFlightEvents(),
                SETTINGS.maxInFlightBytes(),
                Duration.ofHours(1),
                SETTINGS.drainTimeout(),
                SETTINGS.stallTimeout(),
                SETTINGS.minBackoff(),
                SETTINGS.maxBackoff());
    }

    @Test
    void publishesATransactionThatIsLargerThanTheWindow() throws RelayException {
        server.sends(Wire.begin(100), Wire.outbox(), Wire.event("before"), Wire.commit(100, 108));
        server.sends(Wire.begin(200), Wire.outbox());
        for (int i = 0; i < 5 * SETTINGS.maxInFlightEvents(); i++) {
            server.sends(Wire.event("a"));
        }
        server.sends(Wire.commit(200, 208), Wire.begin(300), Wire.outbox(), Wire.event("after"), Wire.commit(300, 308));
        settings = unhurried();
        run();
        assertThat(broker.published)
                .hasSize(5 * SETTINGS.maxInFlightEvents() + 2)
                .endsWith("after");
        assertThat(server.confirmed).contains(108L, 208L).endsWith(308L);
    }

    @Test
    void dropsWhatThisProcessHasPublishedAlready() throws RelayException {
        server.sends(
                Wire.begin(100),
                Wire.outbox(),
                Wire.event("a"),
                Wire.event("b"),
                Wire.event("c"),
                Wire.commit(100, 108));
        run(new ResumePoint(HISTORY, 50, new EventPosition(100, 2)));
        assertThat(server.inGoodOrder).isTrue();
        assertThat(broker.published).containsExactly("c");
        assertThat(server.confirmed.getLast()).isEqualTo(108);
    }

    /** Were it otherwise, a crash would let the first event come again behind the letter of the second. */
    @Test
    void parksAKeyOnlyWhenTheEventsBeforeAreDurable() throws RelayException {
        String large = "x".repeat(5_000);
        policy = PoisonPolicy.of(2_000);
        broker.acknowledges = false;
        AtomicBoolean durable = new AtomicBoolean();
        broker.onOffer = () -> {
            if (broker.published.size() == 1) {
                Thread.ofVirtual().start(() -> {
                    LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
                    while (broker.unacknowledged.isEmpty()) {
                        Thread.onSpinWait();
                    }
                    durable.set(true);
                    broker.acknowledgeAll();
                });
            } else {
                assertThat(durable).isTrue();
                broker.acknowledges = true;
            }
        };
        server.sends(Wire.begin(100), Wire.outbox(), Wire.event("a"), Wire.event(large), Wire.commit(100, 108));
        run();
        assertThat(broker.published).containsExactly("a", "of a parked key", large);
        assertThat(server.confirmed.getLast()).isEqualTo(108);
    }

    /** As a publisher does that collects a transaction: to wait for the first event would be in vain. */
    @Test
    void parksAKeyWithinATransactionThatIsStillCollected() throws RelayException {
        String large = "x".repeat(5_000);
        policy = PoisonPolicy.of(2_000);
        broker.acknowledges = false;
        broker.collects = true;
        broker.onOffer = () -> {
            if (broker.published.size() == 3) {
                broker.collects = false;
                broker.acknowledgeAll();
                broker.acknowledges = true;
            }
        };
        server.sends(Wire.begin(100), Wire.outbox(), Wire.event("a"), Wire.event(large), Wire.commit(100, 108));
        run();
        assertThat(broker.published).containsExactly("a", "of a parked key", large);
        assertThat(server.confirmed.getLast()).isEqualTo(108);
    }

    @Test
    void saysWhatThereIsToSayOfAParkedKeyInOrder() throws RelayException {
        ParkedKey key = ParkedKey.of("orders", "42".getBytes(UTF_8));
        parked = new ParkedLog() {
            @Override
            public Optional<Snapshot> snapshot() {
                Parking parking = new Parking("bad", "record-too-large", "too large", "0/64", Instant.EPOCH);
                return Optional.of(new Snapshot(
                        List.of(
                                new ParkedRecord.Parked(key, parking),
                                new ParkedRecord.ReleaseRequest(key, Map.of(), "bad")),
                        Map.of()));
            }

            @Override
            public ParkedCodec.Entry poll() {
                return null;
            }

            @Override
            public void close() {}
        };
        server.frames.add(new WalFrame.Keepalive(50, false));
        run();
        // The end of the request last: with it alone the key would stay parked, and nobody would be asked again.
        assertThat(broker.keys).containsExactly("orders\0" + "42", "\0orders\0" + "42");
    }

    @Test
    void failsWithThePositionOnAMessageThatItDoesNotKnow() {
        server.frames.add(new WalFrame.XLogData(0x16_B374_D848L, new byte[] {'Z', 1, 2}, 0, 3));
        assertThatExceptionOfType(RelayException.class)
                .isThrownBy(this::run)
                .withMessageContaining("unknown message type")
                .withMessageContaining("16/B374D848")
                .satisfies(failure -> assertThat(failure.kind()).isEqualTo(FailureKind.PROTOCOL));
        assertThat(server.confirmed).doesNotContain(0x16_B374_D848L);
        assertThat(server.inGoodOrder).isFalse();
        assertThat(server.closed).isTrue();
        assertThat(broker.closed).isTrue();
    }

    @Test
    void failsOnAMessageThatEndsEarly() {
        byte[] begin = Wire.begin(100);
        server.frames.add(new WalFrame.XLogData(7, begin, 0, begin.length - 1));
        assertThatExceptionOfType(RelayException.class)
                .isThrownBy(this::run)
                .satisfies(failure -> assertThat(failure.kind()).isEqualTo(FailureKind.PROTOCOL));
    }

    @Test
    void waitsForWhatIsInFlightWhenTheStreamIsLost() {
        broker.acknowledges = false;
        server.sends(Wire.begin(100), Wire.outbox(), Wire.event("a"), Wire.event("b"), Wire.event("c"));
        server.failure = new RelayException(FailureKind.DATABASE_UNAVAILABLE, "gone");
        server.onEnd = () -> Thread.ofVirtual().start(broker::acknowledgeAll);
        ResumePoint[] reached = new ResumePoint[1];
        assertThatExceptionOfType(RelayException.class)
                .isThrownBy(() -> {
                    RelaySession session = new RelaySessionFactory(
                                    broker::connect,
                                    CaptureSettings.ofTables("public.outboxevent"),
                                    RoutingSettings.of("/test"),
                                    SETTINGS,
                                    new RelayMetrics(Clock.systemUTC()))
                            .open(new OpenStream(server, new ResumePoint(HISTORY, 50, EventPosition.NONE), 0));
                    try (session) {
                        session.run(server);
                    } finally {
                        reached[0] = session.reached();
                    }
                })
                .withMessage("gone");
        // The third event is held back, as nobody knows whether it is the last of its transaction.
        assertThat(reached[0]).isEqualTo(new ResumePoint(HISTORY, 50, new EventPosition(100, 2)));
    }

    /** A server that sends prepared frames and then has nothing more, or fails; the stop comes when it is read out. */
    private static final class Script implements ReplicationStream, StopSignal {
        private final Deque<WalFrame> frames = new ArrayDeque<>();
        private final List<Long> confirmed = new ArrayList<>();
        private Runnable onEnd = () -> {};
        private RelayException failure;
        private boolean ended;
        private boolean inGoodOrder;
        private boolean closed;

        void sends(byte[]... messages) {
            for (byte[] message : messages) {
                frames.add(new WalFrame.XLogData(0, message, 0, message.length));
            }
        }

        @Override
        public WalFrame poll() throws RelayException {
            WalFrame next = frames.poll();
            if (next == null && !ended) {
                ended = true;
                onEnd.run();
                if (failure != null) {
                    throw failure;
                }
            }
            return next;
        }

        @Override
        public void sendStatus(long flushed, boolean replyRequested) {
            confirmed.add(flushed);
            if (replyRequested && ended) {
                frames.add(new WalFrame.Keepalive(flushed, false));
            }
        }

        @Override
        public void end(Duration limit) {
            inGoodOrder = true;
        }

        @Override
        public void close() {
            closed = true;
        }

        @Override
        public boolean requested() {
            return ended;
        }

        @Override
        public boolean await(Duration time) {
            return ended;
        }
    }

    /** A broker that acknowledges at once, or when it is told to. */
    private static final class Broker implements EventPublisher {
        private final List<String> published = new ArrayList<>();
        private final List<String> keys = new ArrayList<>();
        private final List<Long> unacknowledged = new CopyOnWriteArrayList<>();
        private Acknowledgements acknowledgements;
        private Runnable onOffer = () -> {};
        private boolean acknowledges = true;
        private boolean collects;
        private boolean closed;

        EventPublisher connect(WalHistory history, Acknowledgements listener) {
            acknowledgements = listener;
            return this;
        }

        @Override
        public boolean offer(RoutedEvent event, long sequence) {
            published.add(event.id());
            keys.add(new String(event.key(), UTF_8));
            onOffer.run();
            if (acknowledges) {
                acknowledgements.acknowledged(sequence);
            } else {
                unacknowledged.add(sequence);
            }
            return true;
        }

        @Override
        public boolean awaitsMore() {
            return collects;
        }

        void acknowledgeAll() {
            unacknowledged.reversed().forEach(acknowledgements::acknowledged);
        }

        @Override
        public void close() {
            closed = true;
        }
    }
}
