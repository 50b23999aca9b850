package io.walpost.relay.backfill;

import io.walpost.outbox.Lsn;
import io.walpost.relay.StopSignal;
import io.walpost.relay.backfill.Progress.Phase;
import io.walpost.relay.failure.FailureKind;
import io.walpost.relay.failure.RelayException;
import io.walpost.relay.replication.PostgresSettings;
import io.walpost.relay.replication.SlotInspector;
import io.walpost.relay.replication.SlotStatus;
import java.time.Duration;

/** Waits until the relay has confirmed a position: what was committed before it is then in its topic. */
final class RelayCatchUp {

    private static final Duration POLL = Duration.ofMillis(100);

    private final PostgresSettings settings;
    private final Duration patience;

    /** @param patience how long the relay may confirm nothing */
    RelayCatchUp(PostgresSettings settings, Duration patience) {
        this.settings = settings;
        this.patience = patience;
    }

    /**
     * @return false if the stop was requested before
     * @throws RelayException of kind {@link FailureKind#PRECONDITION} if no relay reads the slot, or it stands still
     */
    boolean await(Lsn position, StopSignal stop, ProgressListener listener)
            throws RelayException, InterruptedException {
        try (SlotInspector inspector = new SlotInspector(settings)) {
            Lsn confirmed = Lsn.ZERO;
            Lsn first = null;
            PhaseProgress progress = null;
            long lastMoved = System.nanoTime();
            do {
                SlotStatus status = inspect(inspector);
                if (!position.isAfter(status.confirmed())) {
                    return true;
                }
                requireReader(status);
                if (first == null) {
                    first = status.confirmed();
                    progress = new PhaseProgress(listener, Phase.WAITING_FOR_RELAY, position.value() - first.value());
                }
                progress.at(status.confirmed().value() - first.value());
                if (status.confirmed().isAfter(confirmed)) {
                    confirmed = status.confirmed();
                    lastMoved = System.nanoTime();
                }
                requireMovement(position, confirmed, lastMoved);
            } while (!stop.await(POLL));
            return false;
        }
    }

    private SlotStatus inspect(SlotInspector inspector) throws RelayException {
        try {
            return inspector.inspect();
        } catch (RelayException e) {
            if (e.kind() != FailureKind.PRECONDITION) {
                throw e;
            }
            throw new RelayException(
                    FailureKind.PRECONDITION,
                    e.getMessage()
                            + ", so no relay is publishing. Create it and start the relay first, lest events that"
                            + " are committed from now on are missing next; or go on with --no-wait",
                    e);
        }
    }

    private void requireReader(SlotStatus status) throws RelayException {
        if (!status.active()) {
            throw new RelayException(
                    FailureKind.PRECONDITION,
                    "No relay reads the slot " + settings.slot() + ", which stands at " + status.confirmed()
                            + ": what it will publish by itself cannot be told from what is missing. Start the relay"
                            + " first, or publish that too with --no-wait");
        }
    }

    private void requireMovement(Lsn position, Lsn confirmed, long lastMoved) throws RelayException {
        if (System.nanoTime() - lastMoved > patience.toNanos()) {
            throw new RelayException(
                    FailureKind.PRECONDITION,
                    "The relay on slot " + settings.slot() + " has not got beyond " + confirmed + " for "
                            + patience.toSeconds() + " s, and " + position
                            + " is to be reached. See what holds it up, or publish what it has before it too with"
                            + " --no-wait");
        }
    }
}
