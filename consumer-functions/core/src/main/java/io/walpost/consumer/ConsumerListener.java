package io.walpost.consumer;

import java.util.Optional;

/**
 * Is told what a consumer does, for metrics and health; what an implementation does not care about, it leaves out. Called
 * on the consuming threads; must be quick and must not throw.
 */
public interface ConsumerListener {

    /** Does not listen. */
    ConsumerListener NONE = new ConsumerListener() {};

    /** A record is begun. */
    default void began(RecordCoordinates record) {}

    /** An attempt has failed, and the event will be tried again. */
    default void retrying(ReceivedEvent event, Outcome.Retry retry) {}

    /** The dead letter of a record was not taken, and will be put again. */
    default void refused(RecordCoordinates record, DeadLetterException refusal) {}

    /**
     * A record is done with: its effect or its dead letter is durable. The binding still has to acknowledge it.
     *
     * @param event the event; empty if the record could not be read as one
     * @param outcome never {@link Outcome.Retry}
     */
    default void completed(Optional<ReceivedEvent> event, Outcome outcome) {}

    /** A record that had begun is no longer worked on, whether or not it was completed. */
    default void left(RecordCoordinates record) {}
}
