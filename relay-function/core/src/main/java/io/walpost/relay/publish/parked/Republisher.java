package io.walpost.relay.publish.parked;

import io.walpost.relay.checkpoint.WalHistory;
import io.walpost.relay.failure.FailureKind;
import io.walpost.relay.failure.RelayException;
import io.walpost.relay.publish.Acknowledgements;
import io.walpost.relay.publish.EventPublisher;
import io.walpost.relay.publish.PublisherFactory;
import io.walpost.relay.route.RoutedEvent;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

/** Publishes for a command, which can wait. Nothing passes an event that is refused. Used by one thread. */
final class Republisher implements AutoCloseable, Acknowledgements {

    private static final int MOST_IN_FLIGHT = 1_000;
    private static final long BREATH_MILLIS = 1;

    private final EventPublisher publisher;
    private final Duration limit;
    private final AtomicLong acknowledged = new AtomicLong();
    private final AtomicReference<RelayException> failure = new AtomicReference<>();
    private long published;

    /** @param limit how long Kafka may take for one event */
    Republisher(PublisherFactory publishers, Duration limit) throws RelayException {
        this.publisher = publishers.create(WalHistory.UNKNOWN, this);
        this.limit = limit;
    }

    /** Hands an event over; waits for room. */
    void publish(RoutedEvent event) throws RelayException, InterruptedException {
        awaitAtMost(MOST_IN_FLIGHT - 1);
        long deadline = System.nanoTime() + limit.toNanos();
        while (!publisher.offer(event, published)) {
            breathe(deadline);
        }
        published++;
    }

    /** Waits until everything is durable. */
    void flush() throws RelayException, InterruptedException {
        awaitAtMost(0);
    }

    private void awaitAtMost(long inFlight) throws RelayException, InterruptedException {
        long deadline = System.nanoTime() + limit.toNanos();
        while (published - acknowledged.get() > inFlight) {
            breathe(deadline);
        }
        rethrow();
    }

    private void breathe(long deadline) throws RelayException, InterruptedException {
        rethrow();
        if (System.nanoTime() > deadline) {
            throw new RelayException(
                    FailureKind.KAFKA_UNAVAILABLE,
                    "Kafka has taken nothing for " + limit.toSeconds() + " s; is the topic there?");
        }
        TimeUnit.MILLISECONDS.sleep(BREATH_MILLIS);
    }

    private void rethrow() throws RelayException {
        RelayException cause = failure.get();
        if (cause != null) {
            throw cause;
        }
    }

    @Override
    public void acknowledged(long sequence) {
        acknowledged.incrementAndGet();
    }

    @Override
    public void failed(long sequence, RelayException cause) {
        failure.compareAndSet(null, cause);
    }

    @Override
    public void close() {
        publisher.close();
    }
}
