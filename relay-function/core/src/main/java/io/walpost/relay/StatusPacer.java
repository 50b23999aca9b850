package io.walpost.relay;

import io.walpost.relay.failure.RelayException;
import io.walpost.relay.replication.ReplicationStream;
import java.util.concurrent.TimeUnit;

/** Decides when the server hears from the relay: soon after progress, and in any case every second, or in a hurry sooner. */
final class StatusPacer {

    /** Well below any sensible wal_sender_timeout, after half of which the server itself asks. */
    private static final long HEARTBEAT = TimeUnit.SECONDS.toNanos(1);

    /** How often a server is asked at most for its position by somebody who waits for it. */
    private static final long HURRIED = TimeUnit.MILLISECONDS.toNanos(10);

    private final ReplicationStream stream;
    private final long confirmInterval;
    private long heartbeatInterval = HEARTBEAT;
    private long confirmed;
    /** When a position was last confirmed, or could have been. */
    private long lastStatus = System.nanoTime();
    /**
     * When a reply was last asked for: only a reply lets an idle slot advance. The first message is due at once, because
     * after a crash of the server its slot may be far behind of what the relay remembers, and asked for.
     */
    private long lastHeartbeat = lastStatus - HEARTBEAT;

    /** @param confirmed what the slot has confirmed already */
    StatusPacer(ReplicationStream stream, RelaySettings settings, long confirmed) {
        this.stream = stream;
        this.confirmed = confirmed;
        this.confirmInterval = settings.confirmInterval().toNanos();
    }

    /**
     * Has the server asked for its position as often as one is confirmed: what comes behind the last event is other
     * tables' log, of which nothing is sent but the position behind it, and that on request.
     */
    void hurry() {
        heartbeatInterval = Math.clamp(confirmInterval, HURRIED, HEARTBEAT);
    }

    /**
     * Sends a status message if one is due.
     *
     * @return whether one was sent
     */
    boolean send(long confirmable, boolean now) throws RelayException {
        long time = System.nanoTime();
        boolean heartbeat = time - lastHeartbeat >= heartbeatInterval;
        boolean progress = confirmable != confirmed && time - lastStatus >= confirmInterval;
        if (!now && !heartbeat && !progress) {
            return false;
        }
        boolean mayConfirm = now || progress || time - lastStatus >= confirmInterval;
        long flushed = mayConfirm ? confirmable : confirmed;
        stream.sendStatus(flushed, heartbeat);
        confirmed = flushed;
        if (heartbeat) {
            lastHeartbeat = time;
        }
        if (mayConfirm) {
            lastStatus = time;
        }
        return true;
    }

    /** The last position that the server was told. */
    long confirmed() {
        return confirmed;
    }
}
