package io.walpost.consumer;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Objects;
import java.util.Optional;

/**
 * Where a binding hands over its records: reads each as an event, has it handled, and reports the outcome.
 *
 * <p>The binding acknowledges a record after {@link Outcome.Applied}, {@link Outcome.Duplicate} and
 * {@link Outcome.Ignored}; gives it to the dead-letter queue after {@link Outcome.DeadLetter}, and acknowledges it when
 * the queue has it; and leaves it, and all behind it in its partition, unacknowledged after {@link Outcome.Retry}.
 */
public final class RecordConsumer {

    private static final Logger LOG = System.getLogger(RecordConsumer.class.getName());

    private final EventHandler handler;
    private final ConsumerListener listener;

    public RecordConsumer(EventHandler handler, ConsumerListener listener) {
        this.handler = Objects.requireNonNull(handler, "handler");
        this.listener = Objects.requireNonNull(listener, "listener");
    }

    /** Does not throw: every failure is an outcome. */
    public Outcome consume(IncomingRecord record) {
        Optional<ReceivedEvent> event = Optional.empty();
        Outcome outcome;
        try {
            event = Optional.of(EventReader.read(record));
            outcome = handler.handle(event.get());
        } catch (Exception failure) {
            outcome = Outcome.failed(failure);
        }
        if (outcome instanceof Outcome.DeadLetter(Throwable cause, Failure failure)) {
            LOG.log(
                    Level.WARNING,
                    "Dead letter {0}; {1}: {2} ({3})",
                    record.coordinates(),
                    failure.label(),
                    failure.describe(cause),
                    failure.hint());
            LOG.log(Level.DEBUG, () -> "Dead letter " + record.coordinates(), cause);
        }
        if (!(outcome instanceof Outcome.Retry)) {
            listener.completed(event, outcome);
        }
        return outcome;
    }
}
