package io.walpost.relay;

import io.walpost.relay.capture.Captured;
import io.walpost.relay.capture.OutboxRecord;
import io.walpost.relay.capture.TransactionEnd;
import io.walpost.relay.capture.TransactionFramer;
import io.walpost.relay.checkpoint.FlushTracker;
import io.walpost.relay.failure.FailureKind;
import io.walpost.relay.failure.RelayException;
import io.walpost.relay.pgoutput.PgOutputDecoder;
import io.walpost.relay.pgoutput.PgOutputException;
import io.walpost.relay.publish.EventPublisher;
import io.walpost.relay.replication.ReplicationStream;
import io.walpost.relay.replication.WalFrame;
import io.walpost.relay.replication.WalFrame.Keepalive;
import io.walpost.relay.replication.WalFrame.XLogData;
import io.walpost.relay.route.EventRouter;
import io.walpost.relay.route.RoutedEvent;
import java.util.ArrayDeque;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * One stream being relayed, from its opening to its failure or to a stop. Owned by the thread that runs it, which also
 * owns everything in it.
 */
final class RelaySession implements AutoCloseable {

    /** How long to leave a full window alone. */
    private static final long PARK = TimeUnit.MICROSECONDS.toNanos(500);

    private static final long FAREWELL = TimeUnit.SECONDS.toNanos(2);

    private final ReplicationStream stream;
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
            ReplicationStream stream,
            EventPublisher publisher,
            InFlight inFlight,
            EventRouter router,
            Set<String> tables,
            RelaySettings settings,
            RelayMetrics metrics) {
        this.stream = stream;
        this.publisher = publisher;
        this.inFlight = inFlight;
        this.tracker = inFlight.tracker();
        this.router = router;
        this.framer = new TransactionFramer(tables, this::captured);
        this.pacer = new StatusPacer(stream, settings);
        this.report = new ProgressReport(metrics, tracker);
        this.settings = settings;
    }

    /** Relays until the stop is requested, then waits for what is in flight and confirms it. */
    void run(StopSignal stop) throws RelayException {
        while (!stop.requested()) {
            inFlight.rethrow();
            if (handOver()) {
                receive();
            } else {
                LockSupport.parkNanos(PARK);
            }
            settle();
        }
        awaitInFlight();
        sayFarewell();
    }

    /** Hands over what is pending; false if the publisher cannot take it now. */
    private boolean handOver() throws RelayException {
        for (Outgoing next = pending.peekFirst(); next != null; next = pending.peekFirst()) {
            switch (next) {
                case Outgoing.Publish publish -> {
                    if (!publish(publish.event())) {
                        report.refused(publish.event());
                        return false;
                    }
                }
                case Outgoing.Boundary end -> tracker.transactionEnded(end.endLsn(), end.committedAt());
            }
            pending.removeFirst();
        }
        return true;
    }

    private boolean publish(RoutedEvent event) throws RelayException {
        int size = event.size();
        if (!tracker.hasRoom(size) || !publisher.offer(event, tracker.nextSequence())) {
            return false;
        }
        tracker.register(size);
        return true;
    }

    private void receive() throws RelayException {
        WalFrame frame = stream.poll();
        switch (frame) {
            case null -> report.nothingReceived(framer.inTransaction());
            case XLogData data -> decode(data);
            case Keepalive keepalive -> {
                replyRequested |= keepalive.replyRequested();
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
            throw new RelayException(
                    FailureKind.PROTOCOL, e.getMessage() + ", at " + new io.walpost.outbox.Lsn(data.lsn()), e);
        }
    }

    private void captured(Captured captured) throws RelayException {
        pending.addLast(
                switch (captured) {
                    case OutboxRecord event -> new Outgoing.Publish(router.route(event));
                    case TransactionEnd end -> new Outgoing.Boundary(end.endLsn(), end.committedAt());
                });
    }

    /** Takes in acknowledgements, and tells the server and the operator about them when it is time. */
    private void settle() throws RelayException {
        report.advanced();
        if (pacer.send(tracker.confirmable(), replyRequested)) {
            replyRequested = false;
            report.confirmed(pacer.confirmed(), framer);
        }
    }

    private void awaitInFlight() throws RelayException {
        long deadline = System.nanoTime() + settings.drainTimeout().toNanos();
        while (!tracker.isEmpty() && System.nanoTime() < deadline) {
            inFlight.rethrow();
            LockSupport.parkNanos(PARK);
            settle();
        }
    }

    /** Confirms, and waits for an answer: a connection that is closed at once may take the confirmation with it. */
    private void sayFarewell() throws RelayException {
        report.advanced();
        stream.sendStatus(tracker.confirmable(), true);
        report.confirmed(tracker.confirmable(), framer);
        long deadline = System.nanoTime() + FAREWELL;
        while (System.nanoTime() < deadline && !(stream.poll() instanceof Keepalive)) {
            // What else arrives is not confirmed, so the next session will get it again.
        }
    }

    /** The position up to which all is acknowledged; 0 if this session got nowhere. */
    long confirmable() {
        return tracker.confirmable();
    }

    /**
     * Gives up stream and publisher. If only the stream failed, what is in flight is waited for first: then the next
     * session knows how far this one came, and need not publish it again.
     */
    @Override
    public void close() {
        stream.close();
        long deadline = System.nanoTime() + settings.drainTimeout().toNanos();
        while (!tracker.isEmpty() && !inFlight.hasFailed() && System.nanoTime() < deadline) {
            LockSupport.parkNanos(PARK);
            report.advanced();
        }
        publisher.close();
        report.advanced();
    }
}
