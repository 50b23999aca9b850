package io.walpost.relay.runtime;

import io.walpost.outbox.Lsn;
import io.walpost.relay.RelayMetrics;
import io.walpost.relay.UntilPosition;
import io.walpost.relay.failure.FailureKind;
import io.walpost.relay.failure.RelayException;
import io.walpost.relay.publish.PublishingLicence;
import io.walpost.relay.replication.SlotInspector;
import io.walpost.relay.replication.SlotStatus;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;

/**
 * Publishes all that is committed at its beginning. Run once, by one thread; another one may interrupt it.
 *
 * <p>What it published is confirmed to the slot, also when it did not come to its end, so the next one goes on there.
 */
public final class Drain {

    private final Settings settings;
    private final SlotStatus slot;
    private final boolean idle;
    private final PublishingLicence licence;
    private final RelayMetrics metrics = new RelayMetrics(Clock.systemUTC());
    private final UntilPosition until;
    private final long began = System.nanoTime();

    private Drain(
            Settings settings, SlotStatus slot, boolean idle, Optional<Duration> limit, PublishingLicence licence) {
        this.settings = settings;
        this.slot = slot;
        this.idle = idle;
        this.licence = licence;
        this.until = new UntilPosition(slot.current(), metrics, limit);
    }

    /**
     * Asks the server how far its log is, and whether there is anything in it, over one short connection.
     *
     * @param limit the longest that the drain may take, from now; empty for as long as it takes
     * @throws RelayException of kind {@link FailureKind#SLOT_BUSY} if another relay reads the slot; of others if the
     *     server cannot be asked, or has no such slot
     */
    public static Drain begin(Settings settings, Optional<Duration> limit) throws RelayException {
        return begin(settings, limit, new PublishingLicence());
    }

    /** The same for a drain that another thread may have to keep from publishing. */
    public static Drain begin(Settings settings, Optional<Duration> limit, PublishingLicence licence)
            throws RelayException {
        long asked = System.nanoTime();
        try (SlotInspector inspector = new SlotInspector(settings.postgres())) {
            SlotStatus slot = inspector.inspect();
            if (slot.active()) {
                throw new RelayException(
                        FailureKind.SLOT_BUSY,
                        "A relay reads the slot " + settings.postgres().slot() + ", and publishes what is committed");
            }
            boolean idle = !slot.isLost() && inspector.isEmpty(slot);
            // To ask takes long where the server is slow to answer.
            Optional<Duration> left = limit.map(all -> all.minusNanos(System.nanoTime() - asked));
            return new Drain(settings, slot, idle, left, licence);
        }
    }

    /** The slot as it was at the beginning. */
    public SlotStatus slot() {
        return slot;
    }

    /** Whether there was nothing to publish at the beginning, so that {@link #run} does nothing. */
    public boolean isIdle() {
        return idle;
    }

    /** What it measures while it runs. */
    public RelayMetrics metrics() {
        return metrics;
    }

    /** Makes the drain confirm what is published, and end. */
    public void interrupt() {
        until.interrupt();
    }

    /**
     * @return how it went, also if it was interrupted or its time was over
     * @throws RelayException a failure that only a person can mend
     */
    public DrainReport run() throws RelayException, InterruptedException {
        if (!idle) {
            RelayAssembly.relay(settings, metrics, licence.publishers(RelayAssembly.publishers(settings)))
                    .run(until);
        }
        return report();
    }

    /** How it goes, or went; from any thread. */
    public DrainReport report() {
        Lsn confirmed = metrics.confirmedLsn();
        boolean reached = idle || until.isReached();
        return new DrainReport(
                settings.postgres().slot(),
                reached,
                metrics.events(),
                metrics.bytes(),
                slot.confirmed(),
                confirmed.equals(Lsn.ZERO) ? slot.confirmed() : confirmed,
                slot.current(),
                reached ? Duration.ZERO : metrics.lag(),
                Duration.ofNanos(System.nanoTime() - began),
                reached ? Optional.empty() : metrics.lastFailure());
    }
}
