package io.walpost.search;

import io.walpost.consumer.ConsumerListener;
import io.walpost.consumer.DeadLetterException;
import io.walpost.consumer.Outcome;
import io.walpost.consumer.ReceivedEvent;
import io.walpost.consumer.RecordCoordinates;
import java.util.Optional;

/** For a rebuild, whose records are not the consumer's work: they must not count in its metrics. */
final class NobodyListens implements ConsumerListener {

    @Override
    public void began(RecordCoordinates record) {}

    @Override
    public void retrying(ReceivedEvent event, Outcome.Retry retry) {}

    @Override
    public void refused(RecordCoordinates record, DeadLetterException refusal) {}

    @Override
    public void completed(Optional<ReceivedEvent> event, Outcome outcome) {}

    @Override
    public void left(RecordCoordinates record) {}
}
