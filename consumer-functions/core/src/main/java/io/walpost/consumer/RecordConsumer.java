package io.walpost.consumer;

import java.time.Clock;
import java.util.List;
import java.util.Objects;

/**
 * Where a binding hands over its records: reads each as an event, has it handled, puts it among the dead letters if that
 * is its outcome, or behind those of its key, and reports.
 *
 * <p>The binding leaves a record whose outcome is {@link Outcome.Retry}, and all behind it in its partition,
 * unacknowledged; that is returned only once the patience has ended. It may acknowledge a record after every other
 * outcome: the effect, or the dead letter, is durable then. A record that is handed over again to the same consumer gets no
 * more attempts, and no more time, than {@link RetryPolicy} says, in all, and none once it is a dead letter.
 *
 * <p>Safe for use by several threads, as long as records of one key are handed over by one of them at a time.
 */
public final class RecordConsumer {

    private final BatchHandler handler;
    private final DeadLetters letters;
    private final RetryPolicy policy;
    private final ConsumerListener listener;
    private final Clock clock;
    private final Suspicions suspicions;

    /** @param policy how long to wait between attempts; those to put a dead letter are not counted */
    public RecordConsumer(
            BatchHandler handler, DeadLetters letters, RetryPolicy policy, ConsumerListener listener, Clock clock) {
        this.handler = Objects.requireNonNull(handler, "handler");
        this.letters = Objects.requireNonNull(letters, "letters");
        this.policy = Objects.requireNonNull(policy, "policy");
        this.listener = Objects.requireNonNull(listener, "listener");
        this.clock = Objects.requireNonNull(clock, "clock");
        this.suspicions = new Suspicions(policy, clock);
    }

    /**
     * Does not throw: every failure is an outcome. Only an {@link Error} outside of the handler is let through.
     *
     * @param records in the order of their partitions
     * @param patience how long to wait for what passes
     * @return the outcome of each, in the order of the list
     */
    public List<Outcome> consume(List<IncomingRecord> records, Patience patience) {
        if (records.isEmpty()) {
            return List.of();
        }
        records.forEach(record -> listener.began(record.coordinates()));
        try {
            return new BatchRun(
                            records,
                            new WaveHandler(handler, policy, listener, suspicions, clock, patience),
                            new DeadLetterDelivery(letters, policy, listener, patience),
                            listener,
                            suspicions)
                    .outcomes();
        } finally {
            records.forEach(record -> listener.left(record.coordinates()));
        }
    }
}
