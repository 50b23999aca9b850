package io.walpost.relay.backfill;

import io.walpost.relay.StopSignal;
import io.walpost.relay.checkpoint.EventPosition;
import io.walpost.relay.checkpoint.FlushTracker;
import io.walpost.relay.checkpoint.WalHistory;
import io.walpost.relay.failure.FailureKind;
import io.walpost.relay.failure.RelayException;
import io.walpost.relay.publish.Acknowledgements;
import io.walpost.relay.publish.EventPublisher;
import io.walpost.relay.publish.PublisherFactory;
import io.walpost.relay.replication.RowKey;
import io.walpost.relay.route.RoutedEvent;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;

/**
 * Publishes events with a bounded number of them in flight. An event leaves the window when it is acknowledged and a
 * checkpoint behind it is saved, so no more than the window can come twice after a crash. Owned by one thread.
 */
final class PublishWindow implements AutoCloseable {

    private static final long PARK = TimeUnit.MICROSECONDS.toNanos(500);
    private static final long CHECKPOINT_INTERVAL = TimeUnit.SECONDS.toNanos(1);

    private final int capacity;
    private final Duration stallTimeout;
    private final Duration drainTimeout;
    private final FlushTracker tracker;
    private final EventPublisher publisher;
    private final Checkpoint checkpoint;
    private final AtomicReference<RelayException> failure = new AtomicReference<>();
    private final ArrayDeque<RowKey> inFlight = new ArrayDeque<>();

    private RowKey last;
    private long acknowledged;
    private long saved;
    private long lastSave = System.nanoTime();
    private long lastMoved = System.nanoTime();

    PublishWindow(RunSettings settings, PublisherFactory publishers, Checkpoint checkpoint) throws RelayException {
        this.capacity = settings.window();
        this.stallTimeout = settings.stallTimeout();
        this.drainTimeout = settings.drainTimeout();
        this.tracker = new FlushTracker(capacity, settings.windowBytes(), 0, EventPosition.NONE);
        this.checkpoint = checkpoint;
        this.publisher = publishers.create(WalHistory.UNKNOWN, new Outcomes());
    }

    /**
     * Hands an event over, as soon as there is room.
     *
     * @return false if the stop was requested before
     */
    boolean publish(RoutedEvent event, RowKey key, StopSignal stop) throws RelayException {
        while (!stop.requested()) {
            settle();
            if (hasRoom(event.size()) && publisher.offer(event, tracker.nextSequence())) {
                lastMoved = tracker.isEmpty() ? System.nanoTime() : lastMoved;
                tracker.register(event.size(), EventPosition.NONE);
                inFlight.addLast(key);
                return true;
            }
            publisher.windowFull();
            requireProgress();
            LockSupport.parkNanos(PARK);
        }
        return false;
    }

    private boolean hasRoom(int size) {
        return tracker.hasRoom(size) && tracker.events() + acknowledged - saved < capacity;
    }

    /** Takes in what was acknowledged, and saves a checkpoint if it is time. */
    void settle() throws RelayException {
        take();
        RelayException cause = failure.get();
        if (cause != null) {
            throw cause;
        }
        long unsaved = acknowledged - saved;
        if (unsaved > 0 && (2 * unsaved >= capacity || System.nanoTime() - lastSave > CHECKPOINT_INTERVAL)) {
            save();
        }
    }

    private void take() {
        int count = tracker.advance();
        for (int i = 0; i < count; i++) {
            last = inFlight.removeFirst();
        }
        if (count > 0) {
            acknowledged += count;
            lastMoved = System.nanoTime();
        }
    }

    private void save() throws RelayException {
        checkpoint.save(last, acknowledged);
        saved = acknowledged;
        lastSave = System.nanoTime();
        // What is in flight was not looked at meanwhile.
        lastMoved = lastSave;
    }

    private void requireProgress() throws RelayException {
        if (System.nanoTime() - lastMoved > stallTimeout.toNanos()) {
            throw new RelayException(
                    FailureKind.KAFKA_UNAVAILABLE,
                    "Kafka has taken and acknowledged nothing for " + stallTimeout.toSeconds()
                            + " s. Do the topics exist?");
        }
    }

    /** Waits until everything is acknowledged. */
    void drain() throws RelayException {
        while (!tracker.isEmpty()) {
            settle();
            publisher.windowFull();
            requireProgress();
            LockSupport.parkNanos(PARK);
        }
        settle();
    }

    /** How many events were acknowledged, of which and of all before which none is outstanding. */
    long acknowledged() {
        return acknowledged;
    }

    /** Ends in order or not: saves how far it has come, after waiting for what is in flight if Kafka is not the cause. */
    @Override
    public void close() throws RelayException {
        long deadline = System.nanoTime() + drainTimeout.toNanos();
        take();
        while (!tracker.isEmpty() && failure.get() == null && System.nanoTime() < deadline) {
            publisher.windowFull();
            LockSupport.parkNanos(PARK);
            take();
        }
        publisher.close();
        take();
        if (acknowledged > saved) {
            save();
        }
    }

    private final class Outcomes implements Acknowledgements {
        @Override
        public void acknowledged(long sequence) {
            tracker.acknowledge(sequence);
        }

        @Override
        public void failed(long sequence, RelayException cause) {
            failure.compareAndSet(null, cause);
        }
    }
}
