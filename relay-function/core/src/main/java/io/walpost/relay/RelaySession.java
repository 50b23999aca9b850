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
import io.walpost.relay.failure.RelayException;
import io.walpost.relay.pgoutput.PgOutputDecoder;
import io.walpost.relay.pgoutput.PgOutputException;
import io.walpost.relay.publish.EventPublisher;
import io.walpost.relay.replication.ReplicationSource.OpenStream;
import io.walpost.relay.replication.ReplicationStream;
import io.walpost.relay.replication.WalFrame;
import io.walpost.relay.replication.WalFrame.Keepalive;
import io.walpost.relay.replication.WalFrame.XLogData;
import io.walpost.relay.route.EventRouter;
import java.util.ArrayDeque;
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
    private final TransactionFramer framer;
    private final StatusPacer pacer;
    private final ProgressReport report;
    private final RelaySettings settings;

    /** Captured and not handed over: never more than an event and the end of its transaction. */
    private final ArrayDeque<Outgoing> pending = new ArrayDeque<>();

    private boolean replyRequested;

    RelaySession(
            OpenStream open,
            EventPublisher publisher,
            InFlight inFlight,
            EventRouter router,
            CaptureSettings capture,
            RelaySettings settings,
            RelayMetrics metrics) {
        this.stream = open.stream();
        this.from = open.from();
        this.publisher = publisher;
        this.inFlight = inFlight;
        this.tracker = inFlight.tracker();
        this.router = router;
        this.framer = new TransactionFramer(capture, this::captured);
        this.pacer = new StatusPacer(stream, settings, tracker.confirmable());
        this.report = new ProgressReport(metrics, tracker, framer, settings, open.walEnd(), System::nanoTime);
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
        for (Outgoing next = pending.peekFirst(); next != null; next = pending.peekFirst()) {
            boolean done =
                    switch (next) {
                        case Outgoing.Publish publish -> publish(publish);
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

    private boolean publish(Outgoing.Publish publish) throws RelayException {
        int size = publish.event().size();
        if (!tracker.hasRoom(size)) {
            publisher.windowFull();
            LockSupport.parkNanos(PARK);
            return false;
        }
        if (!publisher.offer(publish.event(), tracker.nextSequence())) {
            report.waits(publish);
            LockSupport.parkNanos(LONG_PARK);
            return false;
        }
        tracker.register(size, publish.event().position());
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
            return new Outgoing.Publish(router.route(event), transaction.committedAt());
        } catch (RelayException refused) {
            return new Outgoing.Refused(refused, transaction.committedAt());
        }
    }

    /** Takes in acknowledgements, and tells the server and the operator about them when it is time. */
    private void settle() throws RelayException {
        report.advance();
        if (pacer.send(tracker.confirmable(), replyRequested)) {
            replyRequested = false;
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
        while (!tracker.isEmpty() && System.nanoTime() < deadline) {
            inFlight.rethrow();
            LockSupport.parkNanos(PARK);
            settle();
        }
    }

    /** The same without a connection: the next session then knows how far this one came, and does not repeat it. */
    private void awaitAcknowledgements(RelayException reason) {
        long deadline = System.nanoTime() + settings.drainTimeout().toNanos();
        try {
            while (!tracker.isEmpty() && System.nanoTime() < deadline) {
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
        try (stream) {
            publisher.close();
        }
        report.advance();
    }
}
