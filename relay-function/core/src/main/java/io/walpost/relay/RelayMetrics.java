package io.walpost.relay;

import io.walpost.outbox.Lsn;
import io.walpost.relay.failure.FailureKind;
import io.walpost.relay.failure.RelayException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;

/**
 * What an operator sees of a relay. Written by the relay's thread, read by any; each value is consistent by itself.
 */
public final class RelayMetrics {

    private final Clock clock;
    private final LongAdder events = new LongAdder();
    private final LongAdder bytes = new LongAdder();
    private final LongAdder reconnects = new LongAdder();
    private final Map<FailureKind, LongAdder> errors = new EnumMap<>(FailureKind.class);

    private volatile RelayState state = RelayState.CONNECTING;
    private volatile RelayException lastFailure;
    private volatile long acknowledgedLsn;
    private volatile long confirmedLsn;
    private volatile int inFlightEvents;
    private volatile long inFlightBytes;
    /** When the oldest change that is not done was committed, or became unreachable; null when all is done. */
    private volatile Instant behindSince;
    /** When the relay's thread last came round, by {@link System#nanoTime}, which no change of the clock moves. */
    private volatile long lastTurn = System.nanoTime();

    public RelayMetrics(Clock clock) {
        this.clock = clock;
        this.behindSince = clock.instant();
        for (FailureKind kind : FailureKind.values()) {
            errors.put(kind, new LongAdder());
        }
    }

    void state(RelayState now) {
        state = now;
    }

    void published(long eventCount, long byteCount) {
        events.add(eventCount);
        bytes.add(byteCount);
    }

    void window(int eventCount, long byteCount) {
        inFlightEvents = eventCount;
        inFlightBytes = byteCount;
    }

    void positions(long acknowledged, long confirmed) {
        acknowledgedLsn = acknowledged;
        confirmedLsn = confirmed;
    }

    /** All that the server has sent is published and acknowledged. */
    void caughtUp() {
        behindSince = null;
    }

    void behindSince(Instant since) {
        behindSince = since;
    }

    void turned() {
        lastTurn = System.nanoTime();
    }

    void failed(RelayException failure) {
        errors.get(failure.kind()).increment();
        lastFailure = failure;
        if (behindSince == null) {
            behindSince = clock.instant();
        }
    }

    void reconnected() {
        reconnects.increment();
    }

    public RelayState state() {
        return state;
    }

    /** Events acknowledged by Kafka, duplicates included. */
    public long events() {
        return events.sum();
    }

    /** Bytes of keys, values and headers of those events, before compression. */
    public long bytes() {
        return bytes.sum();
    }

    /** The end of the last transaction of which, and of all before which, every event is acknowledged. */
    public Lsn acknowledgedLsn() {
        return new Lsn(acknowledgedLsn);
    }

    /** The last position confirmed to the slot. */
    public Lsn confirmedLsn() {
        return new Lsn(confirmedLsn);
    }

    public int inFlightEvents() {
        return inFlightEvents;
    }

    public long inFlightBytes() {
        return inFlightBytes;
    }

    /** How often a stream was opened after the first one. */
    public long reconnects() {
        return reconnects.sum();
    }

    public long errors(FailureKind kind) {
        return errors.get(kind).sum();
    }

    /**
     * The age of the oldest change that is not acknowledged; while disconnected, at least the time since then; zero
     * while another relay holds the slot, whose lag it is.
     */
    public Duration lag() {
        Instant since = behindSince;
        if (since == null || state == RelayState.STANDING_BY) {
            return Duration.ZERO;
        }
        Duration lag = Duration.between(since, clock.instant());
        return lag.isNegative() ? Duration.ZERO : lag;
    }

    /** Whether all that the server has sent is acknowledged. */
    public boolean isCaughtUp() {
        return behindSince == null;
    }

    /** How long ago the relay's thread last came round: far above a second only if it hangs. */
    public Duration sinceLastTurn() {
        return Duration.ofNanos(System.nanoTime() - lastTurn);
    }

    /** The failure that last ended a stream, if any. */
    public Optional<RelayException> lastFailure() {
        return Optional.ofNullable(lastFailure);
    }
}
