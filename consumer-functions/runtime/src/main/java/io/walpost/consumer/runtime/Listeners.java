package io.walpost.consumer.runtime;

import io.walpost.consumer.ConsumerListener;
import io.walpost.consumer.DeadLetterException;
import io.walpost.consumer.Outcome;
import io.walpost.consumer.ReceivedEvent;
import io.walpost.consumer.RecordCoordinates;
import java.util.List;
import java.util.Optional;

/** Several listeners as one. */
record Listeners(List<ConsumerListener> all) implements ConsumerListener {

    @Override
    public void began(RecordCoordinates record) {
        all.forEach(listener -> listener.began(record));
    }

    @Override
    public void retrying(ReceivedEvent event, Outcome.Retry retry) {
        all.forEach(listener -> listener.retrying(event, retry));
    }

    @Override
    public void refused(RecordCoordinates record, DeadLetterException refusal) {
        all.forEach(listener -> listener.refused(record, refusal));
    }

    @Override
    public void completed(Optional<ReceivedEvent> event, Outcome outcome) {
        all.forEach(listener -> listener.completed(event, outcome));
    }

    @Override
    public void left(RecordCoordinates record) {
        all.forEach(listener -> listener.left(record));
    }
}
