package io.walpost.relay;

import io.walpost.outbox.Lsn;
import io.walpost.relay.capture.CaptureSettings;
import io.walpost.relay.capture.Captured;
import io.walpost.relay.capture.OutboxRecord;
import io.walpost.relay.capture.TransactionEnd;
import io.walpost.relay.capture.TransactionFramer;
import io.walpost.relay.capture.TransactionMark;
import io.walpost.relay.checkpoint.FlushTracker;
import io.walpost.relay.checkpoint.ResumePoint;
import io.walpost.relay.failure.FailureKind;
import io.walpost.relay.failure.PoisonException;
import io.walpost.relay.failure.RelayException;
import io.walpost.relay.pgoutput.PgOutputDecoder;
import io.walpost.relay.pgoutput.PgOutputException;
import io.walpost.relay.poison.EventTriage;
import io.walpost.relay.publish.EventPublisher;
import io.walpost.relay.replication.ReplicationSource.OpenStream;
import io.walpost.relay.replication.ReplicationStream;
import io.walpost.relay.replication.WalFrame;
import io.walpost.relay.replication.WalFrame.Keepalive;
import io.walpost.relay.replication.WalFrame.XLogData;
import io.walpost.relay.route.EventRouter;
import io.walpost.relay.route.RoutedEvent;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * One stream being relayed, from its opening to its failure or to a stop. Owned by the thread that runs it, which also
 * owns everything in it.
 */
final class RelaySession implements AutoCloseable {

    /**
     * How many frames are taken in before acknowledgements and status messages get their turn: less than a millisecond's
     * worth.
     */
    private static final int FRAMES_A_TURN = 64;

    /** How long to wait for acknowledgements at a time. */
    private static final long PARK = TimeUnit.MICROSECONDS.toNanos(500);

    private static final Duration FAREWELL = Duration.ofSeconds(2);

    private final ReplicationStream stream;
    private final ResumePoint from;
    private final EventPublisher publisher;
    private final InFlight inFlight;
    private final FlushTracker tracker;
    private final EventRouter router;
    private final EventTriage triage;
    private final EventOutlet outlet;
    private final TransactionFramer framer;
    private final StatusPacer pacer;
    private final ProgressReport report;
    private final RelaySettings settings;

    private boolean replyRequested;
    private boolean endsInGoodOrder;

    RelaySession(
            OpenStream open,
            EventPublisher publisher,
            InFlight inFlight,
            EventRouter router,
            EventTriage triage,
            CaptureSettings capture,
            RelaySettings settings,
            RelayMetrics metrics) {
        this.stream = open.stream();
        this.from = open.from();
        this.publisher = publisher;
        this.inFlight = inFlight;
        this.tracker = inFlight.tracker();
        this.router = router;
        this.triage = triage;
        this.framer = new TransactionFramer(capture, this::captured);
        this.pacer = new StatusPacer(stream, settings, tracker.confirmable());
        this.report = new ProgressReport(
                metrics, tracker, framer, settings, open.walEnd(), publisher::awaitsMore, System::nanoTime);
        this.outlet = new EventOutlet(publisher, triage, tracker, report, from.published());
        this.settings = settings;
    }

    /**
     * Relays until the stop is requested, then to the end of the transaction that it stands in, waits for what is in
     * flight, and confirms it; all of that for as long as the drain may take.
     */
    void run(StopSignal stop) throws RelayException {
        if (stop.awaitsPosition()) {
            pacer.hurry();
        }
        try {
            while (!stop.requested()) {
                turn(FRAMES_A_TURN);
            }
            drain();
            sayFarewell();
            endsInGoodOrder = true;
        } catch (RelayException failure) {
            if (failure.kind() != FailureKind.KAFKA_UNAVAILABLE) {
                awaitAcknowledgements(failure);
            }
            throw failure;
        }
    }

    private void turn(int mostFrames) throws RelayException {
        inFlight.rethrow();
        outlet.listen();
        int frames = 0;
        while (outlet.handOver() && frames < mostFrames && receive()) {
            frames++;
        }
        settle();
    }

    /** Takes in the next frame; false if there is none now, or it wants to be answered soon. */
    private boolean receive() throws RelayException {
        WalFrame frame = stream.poll();
        switch (frame) {
            case null -> {
                report.nothingReceived();
                return false;
            }
            case XLogData data -> {
                decode(data);
                return true;
            }
            case Keepalive keepalive -> {
                replyRequested |= keepalive.replyRequested();
                report.heard(keepalive.walEnd());
                if (!framer.inTransaction()) {
                    tracker.idleAt(keepalive.walEnd());
                }
                return false;
            }
        }
    }

    private void decode(XLogData data) throws RelayException {
        try {
            framer.accept(PgOutputDecoder.decode(data.buffer(), data.offset(), data.length()));
        } catch (PgOutputException e) {
            throw new RelayException(FailureKind.PROTOCOL, e.getMessage() + ", at " + new Lsn(data.lsn()), e);
        }
    }

    private void captured(Captured captured) {
        switch (captured) {
            case OutboxRecord event -> {
                // After a lost connection the server repeats the whole of a transaction that was cut in its middle.
                if (!from.published().covers(event.transaction().commitLsn(), event.order())) {
                    outlet.add(routed(event));
                }
            }
            case TransactionEnd end -> outlet.add(new Outgoing.End(end.endLsn(), end.committedAt()));
        }
    }

    private Outgoing routed(OutboxRecord event) {
        TransactionMark transaction = event.transaction();
        try {
            return new Outgoing.Publish(router.route(event), transaction.committedAt(), false);
        } catch (PoisonException refusal) {
            RoutedEvent unrouted = router.unrouted(event, refusal.poison().topic());
            return new Outgoing.Unrouted(unrouted, refusal, transaction.committedAt());
        }
    }

    /** Takes in acknowledgements, and tells the server and the operator about them when it is time. */
    private void settle() throws RelayException {
        report.advance();
        if (pacer.send(tracker.confirmable(), replyRequested || tracker.wantsConfirmation())) {
            replyRequested = false;
            if (pacer.confirmed() == tracker.confirmable()) {
                tracker.confirmed();
            }
            report.confirmed(pacer.confirmed());
        }
    }

    /**
     * Goes on to the end of the transaction, since a part of one cannot be confirmed; then waits for what is in flight,
     * and meanwhile keeps the connection alive.
     */
    private void drain() throws RelayException {
        long deadline = System.nanoTime() + settings.drainTimeout().toNanos();
        while ((framer.inTransaction() || !outlet.isEmpty()) && System.nanoTime() < deadline) {
            // One by one, so as not to begin with the next transaction.
            turn(1);
        }
        while (isAwaited(deadline)) {
            inFlight.rethrow();
            LockSupport.parkNanos(PARK);
            settle();
        }
    }

    /** The same without a connection: the next session then knows how far this one came, and does not repeat it. */
    private void awaitAcknowledgements(RelayException reason) {
        long deadline = System.nanoTime() + settings.drainTimeout().toNanos();
        try {
            while (isAwaited(deadline)) {
                inFlight.rethrow();
                LockSupport.parkNanos(PARK);
                report.advance();
            }
        } catch (RelayException ofThePublisher) {
            if (ofThePublisher != reason) {
                reason.addSuppressed(ofThePublisher);
            }
        }
    }

    /** Whether something is in flight that will be acknowledged without more being offered. */
    private boolean isAwaited(long deadline) {
        return !tracker.isEmpty() && !publisher.awaitsMore() && System.nanoTime() < deadline;
    }

    /** Confirms, and waits for an answer: a connection that is closed at once may take the confirmation with it. */
    private void sayFarewell() throws RelayException {
        report.advance();
        stream.sendStatus(tracker.confirmable(), false);
        long deadline = System.nanoTime() + FAREWELL.toNanos();
        while (stream.poll() != null && System.nanoTime() < deadline) {
            // Answers to earlier messages, and events that the next session will get again.
        }
        stream.sendStatus(tracker.confirmable(), true);
        while (!(stream.poll() instanceof Keepalive) && System.nanoTime() < deadline) {
            // The same.
        }
        report.record(tracker.confirmable());
    }

    /** How far this session has come. */
    ResumePoint reached() {
        return new ResumePoint(from.history(), tracker.confirmable(), tracker.published());
    }

    /** Gives up publisher and stream, in this order: what is not acknowledged is to be published by the next session. */
    @Override
    public void close() {
        try (stream;
                triage) {
            publisher.close();
            if (endsInGoodOrder) {
                stream.end(FAREWELL);
            }
        }
        report.advance();
    }
}
