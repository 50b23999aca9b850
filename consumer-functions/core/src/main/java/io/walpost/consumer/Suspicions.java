package io.walpost.consumer;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;

/**
 * What is held against events that are not done with: how often, and since when, they have failed in a way that may be their
 * own fault, and which of them are to be dead letters and could not be put aside yet. A binding whose patience ends before
 * that hands the record over again later. The attempts count on, and a verdict stands, or neither would ever be enough.
 *
 * <p>Owned by the {@link RecordConsumer}, and so by one process: another one counts for itself. What is known of a record is
 * forgotten when it is done with, or an hour after its last failure, since another process may have done with it. Of more than
 * a thousand the one is forgotten that has not failed for the longest time. Safe for use by several threads.
 */
final class Suspicions {

    private static final int MOST = 1000;

    /** Longer than anybody else waits before he delivers a record again. */
    private static final Duration REMEMBERED = Duration.ofHours(1);

    private final RetryPolicy policy;
    private final Clock clock;

    /** The last one to fail comes last. */
    private final Map<RecordCoordinates, Suspicion> known = new LinkedHashMap<>();

    Suspicions(RetryPolicy policy, Clock clock) {
        this.policy = Objects.requireNonNull(policy, "policy");
        this.clock = Objects.requireNonNull(clock, "clock");
    }

    /** Counts a failure that may be the event's fault; true if that was the last attempt that it gets. */
    synchronized boolean isSpentBy(ReceivedEvent event) {
        Suspicion before = of(event);
        Instant now = clock.instant();
        Instant since = before == null || before.since == null ? now : before.since;
        int failures = before == null ? 1 : before.failures + 1;
        put(event, new Suspicion(event.id(), failures, since, now, Optional.empty()));
        return policy.isSpent(failures, Duration.between(since, now));
    }

    /** The time that an outage takes is not the event's. */
    synchronized void outage(ReceivedEvent event) {
        Suspicion before = of(event);
        if (before != null) {
            put(event, new Suspicion(event.id(), before.failures, null, clock.instant(), Optional.empty()));
        }
    }

    /** The event was among several of which one failed; it is not known which, so that no failure counts yet. */
    synchronized void note(ReceivedEvent event) {
        if (of(event) == null && known.size() < MOST) {
            put(event, new Suspicion(event.id(), 0, null, clock.instant(), Optional.empty()));
        }
    }

    /** The event is a dead letter, and was not put aside. */
    synchronized void condemn(ReceivedEvent event, Outcome.DeadLetter verdict) {
        Suspicion before = of(event);
        put(
                event,
                new Suspicion(
                        event.id(),
                        before == null ? 0 : before.failures,
                        before == null ? null : before.since,
                        clock.instant(),
                        Optional.of(verdict)));
    }

    /** What the event is to be put aside for, without another attempt. */
    synchronized Optional<Outcome.DeadLetter> verdict(ReceivedEvent event) {
        Suspicion suspicion = of(event);
        return suspicion == null ? Optional.empty() : suspicion.verdict;
    }

    /** Whether the event had better be tried alone. */
    synchronized boolean has(ReceivedEvent event) {
        return of(event) != null;
    }

    /** The record is done with. */
    synchronized void forget(RecordCoordinates record) {
        known.remove(record);
    }

    /** Null if there is nothing to hold against it. A topic that was made anew has another event in the same place. */
    private Suspicion of(ReceivedEvent event) {
        Suspicion suspicion = known.get(event.coordinates());
        return suspicion == null
                        || !suspicion.event.equals(event.id())
                        || !clock.instant()
                                .isBefore(suspicion.last.plus(policy.maxDelay()).plus(REMEMBERED))
                ? null
                : suspicion;
    }

    private void put(ReceivedEvent event, Suspicion suspicion) {
        known.remove(event.coordinates());
        if (known.size() >= MOST) {
            known.remove(known.keySet().iterator().next());
        }
        known.put(event.coordinates(), suspicion);
    }

    /**
     * What is held against one event.
     *
     * @param since its first failure, or the first after an outage; null if there was none
     * @param last when this was last changed
     * @param verdict if it is a dead letter
     */
    private record Suspicion(
            UUID event, int failures, Instant since, Instant last, Optional<Outcome.DeadLetter> verdict) {}
}
