package io.walpost.relay;

import io.walpost.outbox.Lsn;
import io.walpost.relay.failure.FailureKind;
import io.walpost.relay.failure.PoisonKind;
import io.walpost.relay.failure.RelayException;
import io.walpost.relay.poison.PoisonPolicy;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Stream;

/**
 * What an operator sees of a relay. Written by the relay's thread, read by any; each value is consistent by itself.
 */
public final class RelayMetrics {

    private final Clock clock;
    private final LongAdder events = new LongAdder();
    private final LongAdder bytes = new LongAdder();
    private final LongAdder reconnects = new LongAdder();
    private final Map<FailureKind, LongAdder> errors = new EnumMap<>(FailureKind.class);

    private final Map<String, LongAdder> deadLetters = new HashMap<>();

    private volatile int parkedKeys;
    private volatile RelayState state = RelayState.CONNECTING;
    private volatile RelayException lastFailure;
    private volatile boolean openedSince;
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
        deadLetterKinds().forEach(kind -> deadLetters.put(kind, new LongAdder()));
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
        openedSince = false;
        if (behindSince == null) {
            behindSince = clock.instant();
        }
    }

    void deadLetter(String kind) {
        deadLetters.get(kind).increment();
    }

    void parkedKeys(int count) {
        parkedKeys = count;
    }

    /** A stream was opened. */
    void opened() {
        openedSince = true;
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

    /** What a dead letter can be: one of the kinds of poison, or the follower of another. */
    public static List<String> deadLetterKinds() {
        return Stream.concat(
                        Stream.of(PoisonKind.values()).map(PoisonKind::label), Stream.of(PoisonPolicy.FOLLOWS_PARKED))
                .toList();
    }

    /** Events handed over as dead letters, by the kind of failure as the letters have it. */
    public long deadLetters(String kind) {
        return deadLetters.get(kind).sum();
    }

    /** Keys whose events are set aside until somebody releases them. */
    public int parkedKeys() {
        return parkedKeys;
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

    /** The last failure, if no stream was opened after it. */
    public Optional<RelayException> failureSinceOpen() {
        return openedSince ? Optional.empty() : lastFailure();
    }
}
