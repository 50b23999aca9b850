package io.walpost.relay.replication;

import io.walpost.outbox.Lsn;
import io.walpost.relay.checkpoint.WalHistory;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;

/**
 * What this process knows of its slot: the position that it has confirmed last, and when. With it a slot that was
 * dropped, or dropped and made anew, is told from one that never was. Owned by the relay's thread.
 */
final class SlotMemory {

    private final String slot;
    private final Clock clock;

    private WalHistory history = WalHistory.UNKNOWN;
    private long confirmed;
    private Instant confirmedAt;

    /** Whether somebody else held the slot since this process last did: its position may be theirs. */
    private boolean heldByOthers;

    SlotMemory(String slot, Clock clock) {
        this.slot = slot;
        this.clock = clock;
    }

    /** That of a process that has not read the slot. */
    static SlotMemory none(String slot) {
        return new SlotMemory(slot, Clock.systemUTC());
    }

    /** This process reads the slot, from a position on. */
    void opened(WalHistory current, long from) {
        if (!current.equals(history)) {
            history = current;
            confirmed = 0;
        }
        heldByOthers = false;
        confirmed(from);
    }

    /** The server is about to be told a position. */
    void confirmed(long position) {
        if (confirmedAt == null || Long.compareUnsigned(position, confirmed) > 0) {
            confirmed = position;
            confirmedAt = clock.instant();
        }
    }

    /** Somebody holds the slot: another relay, or a connection of this one that the server has not missed yet. */
    void busy() {
        heldByOthers = true;
    }

    /** What a slot that is not there any more leaves behind; empty if this process never read it. */
    Optional<LogGap> ifDropped(Lsn current) {
        return confirmedAt == null ? Optional.empty() : Optional.of(gap(new Lsn(confirmed), current, "it was dropped"));
    }

    /** The gap of a slot that the server has given up, with the time from which on this process confirmed nothing. */
    LogGap ifLost(SlotStatus status) {
        LogGap seen = status.gap(slot);
        return confirmedAt == null ? seen : gap(seen.from(), seen.to(), seen.reason());
    }

    /**
     * What lies between the position of this process and a slot that is ahead of it though nobody was seen to move it:
     * it was made anew, or advanced by hand.
     *
     * @param reached how far this process has come, whether or not the server was told
     */
    Optional<LogGap> ifMoved(WalHistory current, long reached, Lsn found) {
        Lsn own = new Lsn(Long.compareUnsigned(reached, confirmed) > 0 ? reached : confirmed);
        if (confirmedAt == null || heldByOthers || !sameServer(current) || !found.isAfter(own)) {
            return Optional.empty();
        }
        return Optional.of(
                gap(own, found, "it is ahead of what this relay has confirmed, so it was made anew or advanced"));
    }

    /** Whether a position of this process means something there. */
    boolean isForeign(WalHistory current) {
        return confirmedAt != null && !sameServer(current);
    }

    /** Timelines share their log up to where they part, so only another cluster is out of comparison. */
    private boolean sameServer(WalHistory current) {
        return history.systemId().equals(current.systemId());
    }

    private LogGap gap(Lsn from, Lsn to, String reason) {
        return new LogGap(slot, from, to, Optional.of(confirmedAt), reason);
    }
}
