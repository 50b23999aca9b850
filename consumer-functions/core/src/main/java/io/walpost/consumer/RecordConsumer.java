package io.walpost.consumer;

import java.util.Objects;
import java.util.Optional;

/**
 * Where a binding hands over its records: reads each as an event, has it handled, puts it among the dead letters if that
 * is its outcome, and reports.
 *
 * <p>The binding leaves a record, and all behind it in its partition, unacknowledged after {@link Outcome.Retry}, which
 * is returned only once the consumer is stopped. It acknowledges the record after every other outcome: the effect, or
 * the dead letter, is durable then.
 */
public final class RecordConsumer {

    private final EventHandler handler;
    private final DeadLetterDelivery deadLetters;
    private final ConsumerListener listener;
    private final Shutdown shutdown;

    /** @param policy how long to wait between attempts to put a dead letter; they are not counted */
    public RecordConsumer(
            EventHandler handler,
            DeadLetters deadLetters,
            RetryPolicy policy,
            ConsumerListener listener,
            Shutdown shutdown) {
        this.handler = Objects.requireNonNull(handler, "handler");
        this.listener = Objects.requireNonNull(listener, "listener");
        this.shutdown = Objects.requireNonNull(shutdown, "shutdown");
        this.deadLetters = new DeadLetterDelivery(
                Objects.requireNonNull(deadLetters, "deadLetters"),
                Objects.requireNonNull(policy, "policy"),
                listener,
                shutdown);
    }

    /** Does not throw: every failure is an outcome. Only an {@link Error} outside of the handler is let through. */
    public Outcome consume(IncomingRecord record) {
        if (shutdown.hasBegun()) {
            return Shutdown.outcome();
        }
        listener.began(record.coordinates());
        try {
            return process(record);
        } finally {
            listener.left(record.coordinates());
        }
    }

    private Outcome process(IncomingRecord record) {
        Optional<ReceivedEvent> event = Optional.empty();
        Outcome outcome;
        try {
            event = Optional.of(EventReader.read(record));
            outcome = handler.handle(event.get());
        } catch (Exception failure) {
            outcome = Outcome.failed(failure);
        }
        if (outcome instanceof Outcome.DeadLetter verdict && !deadLetters.deliver(record, verdict)) {
            outcome = Shutdown.outcome();
        }
        if (!(outcome instanceof Outcome.Retry)) {
            listener.completed(event, outcome);
        }
        return outcome;
    }
}
