package io.walpost.relay;

import io.walpost.outbox.Lsn;
import java.time.Duration;
import java.util.Optional;

/**
 * Stops a relay when it has confirmed a position, when its time is over, or when another thread asks for it.
 *
 * <p>A position counts when the slot was told, not when Kafka has acknowledged: the next relay begins behind it.
 */
public final class UntilPosition implements StopSignal {

    private final Lsn target;
    private final RelayMetrics metrics;
    private final UntilDeadline deadline;

    /**
     * @param target the position, in the log that the relay reads
     * @param metrics of that relay
     * @param limit how long to wait for it, from now; empty for as long as it takes
     */
    public UntilPosition(Lsn target, RelayMetrics metrics, Optional<Duration> limit) {
        this.target = target;
        this.metrics = metrics;
        this.deadline = new UntilDeadline(limit);
    }

    /** Requests the stop at once; from any thread. */
    public void interrupt() {
        deadline.interrupt();
    }

    /** Whether the position is confirmed. */
    public boolean isReached() {
        return !target.isAfter(metrics.confirmedLsn());
    }

    @Override
    public boolean requested() {
        return isReached() || deadline.requested();
    }

    @Override
    public boolean awaitsPosition() {
        return true;
    }

    @Override
    public boolean await(Duration time) throws InterruptedException {
        return deadline.await(time) || isReached();
    }
}
