package io.walpost.relay;

import io.walpost.outbox.Lsn;
import io.walpost.relay.capture.CaptureSettings;
import io.walpost.relay.capture.Captured;
import io.walpost.relay.capture.OutboxRecord;
import io.walpost.relay.capture.TransactionEnd;
import io.walpost.relay.capture.TransactionFramer;
import io.walpost.relay.capture.TransactionMark;
import io.walpost.relay.checkpoint.EventPosition;
import io.walpost.relay.checkpoint.FlushTracker;
import io.walpost.relay.checkpoint.ResumePoint;
import io.walpost.relay.failure.FailureKind;
import io.walpost.relay.failure.PoisonException;
import io.walpost.relay.failure.RelayException;
import io.walpost.relay.pgoutput.PgOutputDecoder;
import io.walpost.relay.pgoutput.PgOutputException;
import io.walpost.relay.poison.EventTriage;
import io.walpost.relay.poison.Ruling;
import io.walpost.relay.publish.EventPublisher;
import io.walpost.relay.replication.ReplicationSource.OpenStream;
import io.walpost.relay.replication.ReplicationStream;
import io.walpost.relay.replication.WalFrame;
import io.walpost.relay.replication.WalFrame.Keepalive;
import io.walpost.relay.replication.WalFrame.XLogData;
import io.walpost.relay.route.EventRouter;
import io.walpost.relay.route.RoutedEvent;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * One stream being relayed, from its opening to its failure or to a stop. Owned by the thread that runs it, which also
 * owns everything in it.
 */
final class RelaySession implements AutoCloseable {

    /** How long to leave a full window alone. */
    private static final long PARK = TimeUnit.MICROSECONDS.toNanos(500);

    /** How long to leave a publisher alone that refused an event: it waits for a topic's metadata, or for memory. */
    private static final long LONG_PARK = TimeUnit.MILLISECONDS.toNanos(5);

    private static final long FAREWELL = TimeUnit.SECONDS.toNanos(2);

    private final ReplicationStream stream;
    private final ResumePoint from;
    private final EventPublisher publisher;
    private final InFlight inFlight;
    private final FlushTracker tracker;
    private final EventRouter router;
    private final EventTriage triage;
    private final TransactionFramer framer;
    private final StatusPacer pacer;
    private final ProgressReport report;
    private final RelaySettings settings;

    /** Captured and not handed over: never more than an event, with its key's marker, and the end of its transaction. */
    private final ArrayDeque<Outgoing> pending = new ArrayDeque<>();

    /** Of the last event that was handed over. */
    private EventPosition handedOver;

    private boolean atBoundary = true;

    private boolean replyRequested;

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
        this.handedOver = from.published();
        this.framer = new TransactionFramer(capture, this::captured);
        this.pacer = new StatusPacer(stream, settings, tracker.confirmable());
        this.report = new ProgressReport(
                metrics, tracker, framer, settings, open.walEnd(), publisher::awaitsMore, System::nanoTime);
        this.settings = settings;
    }

    /**
     * Relays until the stop is requested, then to the end of the transaction that it stands in, waits for what is in
     * flight, and confirms it; all of that for as long as the drain may take.
     */
    void run(StopSignal stop) throws RelayException {
        try {
            while (!stop.requested()) {
                turn();
            }
            drain();
            sayFarewell();
        } catch (RelayException failure) {
            if (failure.kind() != FailureKind.KAFKA_UNAVAILABLE) {
                awaitAcknowledgements(failure);
            }
            throw failure;
        }
    }

    private void turn() throws RelayException {
        inFlight.rethrow();
        if (handOver()) {
            receive();
        }
        settle();
    }

    /** Hands over what is pending; false if that is not possible now. */
    private boolean handOver() throws RelayException {
        boolean decides = triage.listen();
        addNotices();
        for (Outgoing next = pending.peekFirst(); next != null; next = pending.peekFirst()) {
            boolean done =
                    switch (next) {
                        case Outgoing.Publish publish -> isFree(publish, decides) && publish(publish);
                        case Outgoing.Unrouted unrouted -> isFree(unrouted, decides);
                        case Outgoing.End end -> {
                            tracker.transactionEnded(end.endLsn(), end.committedAt());
                            yield true;
                        }
                        case Outgoing.Refused refused -> {
                            report.refused(refused);
                            LockSupport.parkNanos(LONG_PARK);
                            yield false;
                        }
                    };
            if (!done) {
                return false;
            }
            pending.removeFirst();
        }
        return true;
    }

    /** Puts what the triage has to say of parked keys before everything else, but behind what it said before. */
    private void addNotices() {
        if (pending.peekFirst() instanceof Outgoing.Publish first
                && !first.event().isEvent()) {
            return;
        }
        RoutedEvent notice = triage.nextNotice(handedOver, atBoundary);
        if (notice == null) {
            return;
        }
        List<Outgoing> behind = List.copyOf(pending);
        pending.clear();
        for (; notice != null; notice = triage.nextNotice(handedOver, atBoundary)) {
            pending.addLast(new Outgoing.Publish(notice, Instant.now(), true));
        }
        pending.addAll(behind);
    }

    /** Whether the event may be published; if not, what is at the head is another matter now, or to be tried again. */
    private boolean isFree(Outgoing.Publish next, boolean decides) throws RelayException {
        if (next.decided()) {
            return true;
        }
        if (!decides) {
            report.waits(next);
            LockSupport.parkNanos(PARK);
            return false;
        }
        return apply(triage.judge(next.event()), next.committedAt());
    }

    private boolean isFree(Outgoing.Unrouted next, boolean decides) throws RelayException {
        if (!decides) {
            report.waits(next);
            LockSupport.parkNanos(PARK);
            return false;
        }
        return apply(triage.judge(next.event(), next.refusal()), next.committedAt());
    }

    private boolean apply(Ruling ruling, Instant committedAt) throws RelayException {
        switch (ruling) {
            case Ruling.Pass ignored -> {
                return true;
            }
            case Ruling.Wait ignored -> LockSupport.parkNanos(LONG_PARK);
            case Ruling.SetAside(List<RoutedEvent> instead) -> {
                pending.removeFirst();
                instead.reversed().forEach(event -> pending.addFirst(new Outgoing.Publish(event, committedAt, true)));
            }
            case Ruling.Retry(RelayException cause) -> {
                pending.removeFirst();
                pending.addFirst(new Outgoing.Refused(cause, committedAt));
            }
            case Ruling.Stop(RelayException cause) -> throw cause;
        }
        return false;
    }

    private boolean publish(Outgoing.Publish publish) throws RelayException {
        if (!publish.event().isEvent() && !tracker.isEmpty() && !publisher.awaitsMore()) {
            // A key's marker must not be durable before the events of the key that it does not hold: should they come
            // again after a crash, they would follow the later ones among the dead letters.
            LockSupport.parkNanos(PARK);
            return false;
        }
        int size = publish.event().size();
        if (!tracker.hasRoom(size)) {
            // Otherwise the next status message makes room.
            if (!tracker.wantsConfirmation()) {
                publisher.windowFull();
                LockSupport.parkNanos(PARK);
            }
            return false;
        }
        if (!publisher.offer(publish.event(), tracker.nextSequence())) {
            report.waits(publish);
            LockSupport.parkNanos(LONG_PARK);
            return false;
        }
        handedOver = publish.event().position();
        atBoundary = publish.event().last();
        tracker.register(size, handedOver);
        report.accepted();
        return true;
    }

    private void receive() throws RelayException {
        WalFrame frame = stream.poll();
        switch (frame) {
            case null -> report.nothingReceived();
            case XLogData data -> decode(data);
            case Keepalive keepalive -> {
                replyRequested |= keepalive.replyRequested();
                report.heard(keepalive.walEnd());
                if (!framer.inTransaction()) {
                    tracker.idleAt(keepalive.walEnd());
                }
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
                    pending.addLast(routed(event));
                }
            }
            case TransactionEnd end -> pending.addLast(new Outgoing.End(end.endLsn(), end.committedAt()));
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
        while ((framer.inTransaction() || !pending.isEmpty()) && System.nanoTime() < deadline) {
            turn();
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
        long deadline = System.nanoTime() + FAREWELL;
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
        }
        report.advance();
    }
}
