package io.walpost.relay;

import io.walpost.relay.checkpoint.EventPosition;
import io.walpost.relay.checkpoint.FlushTracker;
import io.walpost.relay.failure.RelayException;
import io.walpost.relay.poison.EventTriage;
import io.walpost.relay.poison.Ruling;
import io.walpost.relay.publish.EventPublisher;
import io.walpost.relay.route.RoutedEvent;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Where events leave a session: each is judged, waits for room in the window, and goes to the publisher, in order. Owned
 * by the session's thread.
 */
final class EventOutlet {

    /** How long to leave a full window alone. */
    private static final long PARK = TimeUnit.MICROSECONDS.toNanos(500);

    /** How long to leave a publisher alone that refused an event: it waits for a topic's metadata, or for memory. */
    private static final long LONG_PARK = TimeUnit.MILLISECONDS.toNanos(5);

    private final EventPublisher publisher;
    private final EventTriage triage;
    private final FlushTracker tracker;
    private final ProgressReport report;

    /** Captured and not handed over: never more than an event, with its key's marker, and the end of its transaction. */
    private final ArrayDeque<Outgoing> pending = new ArrayDeque<>();

    /** Of the last event that was handed over. */
    private EventPosition handedOver;

    private boolean atBoundary = true;

    /** Whether enough is known of parked keys to judge an event. */
    private boolean decides;

    /** @param published the last event that need not be handed over */
    EventOutlet(
            EventPublisher publisher,
            EventTriage triage,
            FlushTracker tracker,
            ProgressReport report,
            EventPosition published) {
        this.publisher = publisher;
        this.triage = triage;
        this.tracker = tracker;
        this.report = report;
        this.handedOver = published;
    }

    void add(Outgoing next) {
        pending.addLast(next);
    }

    boolean isEmpty() {
        return pending.isEmpty();
    }

    /** Takes in what there is to know of parked keys. */
    void listen() throws RelayException {
        decides = triage.listen();
        addNotices();
    }

    /** Hands over all that waits; false if that is not possible now, after a short pause. */
    boolean handOver() throws RelayException {
        for (Outgoing next = pending.peekFirst(); next != null; next = pending.peekFirst()) {
            boolean done =
                    switch (next) {
                        case Outgoing.Publish publish -> isFree(publish) && publish(publish);
                        case Outgoing.Unrouted unrouted -> isFree(unrouted);
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
    private boolean isFree(Outgoing.Publish next) throws RelayException {
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

    private boolean isFree(Outgoing.Unrouted next) throws RelayException {
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
}
