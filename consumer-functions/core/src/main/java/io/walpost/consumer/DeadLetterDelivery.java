package io.walpost.consumer;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Puts a record among the dead letters, and tries again for as long as that takes: a record that is neither processed
 * nor put aside must not be passed over.
 */
final class DeadLetterDelivery {

    private static final Logger LOG = System.getLogger(DeadLetterDelivery.class.getName());

    private final DeadLetters letters;
    private final RetryPolicy policy;
    private final ConsumerListener listener;
    private final Shutdown shutdown;

    DeadLetterDelivery(DeadLetters letters, RetryPolicy policy, ConsumerListener listener, Shutdown shutdown) {
        this.letters = letters;
        this.policy = policy;
        this.listener = listener;
        this.shutdown = shutdown;
    }

    /** True once the letter is durable; false if the consumer was stopped before. */
    boolean deliver(IncomingRecord record, Outcome.DeadLetter verdict) {
        for (int attempt = 1; !shutdown.hasBegun(); attempt++) {
            try {
                letters.put(record, verdict);
                logEnd(record, verdict, attempt);
                return true;
            } catch (DeadLetterException e) {
                refused(record, e, attempt);
            } catch (RuntimeException e) {
                refused(record, unexpected(e), attempt);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return false;
            }
            if (shutdown.beginsWithin(policy.delayAfter(attempt, ThreadLocalRandom.current()))) {
                return false;
            }
        }
        return false;
    }

    private static DeadLetterException unexpected(RuntimeException e) {
        return new DeadLetterException(
                e.getClass().getSimpleName(), "look at the exception in the log at level debug, and report it", e);
    }

    /** Only the beginning of an episode: it may last for days. */
    private void refused(IncomingRecord record, DeadLetterException e, int attempt) {
        if (shutdown.hasBegun()) {
            return;
        }
        if (attempt == 1) {
            LOG.log(
                    Level.ERROR,
                    "Holding back {0} and all behind it, because its dead letter is not taken: {1} ({2})",
                    record.coordinates(),
                    e.getMessage(),
                    e.hint());
        }
        LOG.log(Level.DEBUG, () -> "Attempt " + attempt + " to put " + record.coordinates() + " aside failed", e);
        listener.refused(record.coordinates(), e);
    }

    private static void logEnd(IncomingRecord record, Outcome.DeadLetter verdict, int attempts) {
        Failure failure = verdict.failure();
        LOG.log(
                Level.WARNING,
                "Dead letter {0} (attempt {1}); {2}: {3} ({4})",
                record.coordinates(),
                attempts,
                failure.label(),
                failure.describe(verdict.cause()),
                failure.hint());
        LOG.log(Level.DEBUG, () -> "Dead letter " + record.coordinates(), verdict.cause());
    }
}
