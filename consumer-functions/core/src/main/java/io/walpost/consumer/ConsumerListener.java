package io.walpost.consumer;

import java.util.Optional;

/** Is told what a consumer does, for metrics. Called on the consuming threads; must be quick and must not throw. */
public interface ConsumerListener {

    /** An attempt has failed, and the event will be tried again. */
    void retrying(ReceivedEvent event, Outcome.Retry retry);

    /**
     * A record is done with, as far as the consumer can tell: the binding still has to acknowledge it.
     *
     * @param event the event; empty if the record could not be read as one
     * @param outcome never {@link Outcome.Retry}
     */
    void completed(Optional<ReceivedEvent> event, Outcome outcome);
}
