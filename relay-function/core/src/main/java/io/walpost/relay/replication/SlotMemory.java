package io.walpost.relay.replication;

import io.walpost.outbox.Lsn;
import io.walpost.relay.checkpoint.EventPosition;
import io.walpost.relay.checkpoint.ResumePoint;
import io.walpost.relay.checkpoint.WalHistory;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;

/**
 * What this process knows of its slot: the position that it has confirmed last, and when, and how far it has come since.
 * With it a slot that was dropped, or dropped and made anew, is told from one that never was. Owned by the relay's thread.
 */
final class SlotMemory {

    private final String slot;
    private final Clock clock;

    private WalHistory history = WalHistory.UNKNOWN;
    private long confirmed;
    private ResumePoint reached = ResumePoint.none();
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

    /** How far this process has come, whether or not the server was told. */
    void reached(ResumePoint point) {
        reached = point;
    }

    /** Somebody holds the slot: another relay, or a connection of this one that the server has not missed yet. */
    void busy() {
        heldByOthers = true;
    }

    /** Whether this process has ever read the slot. */
    boolean hasRead() {
        return confirmedAt != null;
    }

    /** What a slot leaves behind that is not there any more, on a server that may have taken the place of another. */
    LogGap dropped(ServerIdentity server) {
        return gap(publishedIn(server.history()), server.walEnd(), "it was dropped");
    }

    /** The gap of a slot that the server has given up, with the time from which on this process confirmed nothing. */
    LogGap ifLost(SlotStatus status) {
        LogGap seen = status.gap(slot);
        return hasRead() ? gap(seen.from(), seen.to(), seen.reason()) : seen;
    }

    /**
     * What lies between the position of this process and a slot that is ahead of it though nobody was seen to move it:
     * it was made anew, or advanced by hand.
     */
    Optional<LogGap> ifMoved(WalHistory current, Lsn found) {
        Lsn own = publishedIn(current);
        if (!hasRead() || heldByOthers || !sameServer(current) || !found.isAfter(own)) {
            return Optional.empty();
        }
        return Optional.of(
                gap(own, found, "it is ahead of what this relay has confirmed, so it was made anew or advanced"));
    }

    /** Whether a position of this process means something there. */
    boolean isForeign(WalHistory current) {
        return hasRead() && !sameServer(current);
    }

    /** Timelines share their log up to where they part, so only another cluster is out of comparison. */
    private boolean sameServer(WalHistory current) {
        return history.systemId().equals(current.systemId());
    }

    /** Before this position of this server's log everything is published. */
    private Lsn publishedIn(WalHistory current) {
        Lsn told = confirmedIn(current);
        Lsn known = new Lsn(reached.in(current).flushed());
        return known.isAfter(told) ? known : told;
    }

    /**
     * What is confirmed, in the log of this server. If it was promoted, and lacks the last of the log that the other one
     * had, its own transactions lie where that one's did, and none of them is published.
     */
    private Lsn confirmedIn(WalHistory current) {
        EventPosition there = current.translate(new EventPosition(confirmed, 0), history);
        return new Lsn(there.equals(EventPosition.NONE) ? confirmed : there.commitLsn());
    }

    private LogGap gap(Lsn from, Lsn to, String reason) {
        return new LogGap(slot, from, to, Optional.of(confirmedAt), reason);
    }
}
