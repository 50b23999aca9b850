package io.walpost.consumer;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Deals with the store of dead letters, and tries again for as long as that takes: a record that is neither processed
 * nor put aside must not be passed over. What it returns is empty only if the patience has ended before.
 */
final class DeadLetterDelivery {

    private static final Logger LOG = System.getLogger(DeadLetterDelivery.class.getName());

    private final DeadLetters letters;
    private final RetryPolicy policy;
    private final ConsumerListener listener;
    private final Patience patience;

    DeadLetterDelivery(DeadLetters letters, RetryPolicy policy, ConsumerListener listener, Patience patience) {
        this.letters = letters;
        this.policy = policy;
        this.listener = listener;
        this.patience = patience;
    }

    /** The verdict once its letter is durable. */
    Optional<Outcome> put(IncomingRecord record, Outcome.DeadLetter verdict) {
        return insist(record, () -> {
            letters.put(record, verdict);
            logLetter(record, verdict);
            return verdict;
        });
    }

    /** True once the record is behind the letters of its key; false if the key is free. */
    Optional<Boolean> park(IncomingRecord record) {
        return insist(record, () -> letters.park(record));
    }

    /** @param first the record to name if the store does not answer */
    Optional<Set<RecordKey>> parkedAmong(Collection<RecordKey> keys, IncomingRecord first) {
        return keys.isEmpty() ? Optional.of(Set.of()) : insist(first, () -> letters.parkedAmong(keys));
    }

    private <T> Optional<T> insist(IncomingRecord record, Request<T> request) {
        for (int attempt = 1; !patience.isOver(); attempt++) {
            try {
                return Optional.of(request.run());
            } catch (DeadLetterException e) {
                refused(record, e, attempt);
            } catch (RuntimeException e) {
                refused(record, unexpected(e), attempt);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return Optional.empty();
            }
            if (patience.endsWithin(policy.delayAfter(attempt, ThreadLocalRandom.current()))) {
                return Optional.empty();
            }
        }
        return Optional.empty();
    }

    /** A pool has exceptions of its own, whose cause says more. */
    private static DeadLetterException unexpected(RuntimeException e) {
        Failure failure = Failure.of(e);
        return failure == Failure.UNKNOWN
                ? new DeadLetterException(
                        e.getClass().getSimpleName(),
                        "look at the exception in the log at level debug, and report it",
                        e)
                : new DeadLetterException(failure.label() + ": " + failure.describe(e), failure.hint(), e);
    }

    /** Only the beginning of an episode: it may last for days. */
    private void refused(IncomingRecord record, DeadLetterException e, int attempt) {
        if (patience.isOver()) {
            return;
        }
        if (attempt == 1) {
            LOG.log(
                    Level.ERROR,
                    "Holding back {0} and all behind it, because the store of dead letters refuses: {1} ({2})",
                    record.coordinates(),
                    e.getMessage(),
                    e.hint());
        }
        LOG.log(Level.DEBUG, () -> "Attempt " + attempt + " to put " + record.coordinates() + " aside failed", e);
        listener.refused(record.coordinates(), e);
    }

    private static void logLetter(IncomingRecord record, Outcome.DeadLetter verdict) {
        Failure failure = verdict.failure();
        LOG.log(
                Level.WARNING,
                "Dead letter {0}; {1}: {2} ({3})",
                record.coordinates(),
                failure.label(),
                failure.describe(verdict.cause()),
                failure.hint());
        LOG.log(Level.DEBUG, () -> "Dead letter " + record.coordinates(), verdict.cause());
    }

    @FunctionalInterface
    private interface Request<T> {
        T run() throws DeadLetterException, InterruptedException;
    }
}
