package io.walpost.search;

import io.walpost.consumer.ConsumerListener;
import io.walpost.consumer.DeadLetterException;
import io.walpost.consumer.Outcome;
import io.walpost.consumer.ReceivedEvent;
import io.walpost.consumer.RecordCoordinates;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** Remembers what was tried in vain. */
final class Attempts implements ConsumerListener {

    final List<Outcome.Retry> failed = new CopyOnWriteArrayList<>();

    @Override
    public void began(RecordCoordinates record) {}

    @Override
    public void retrying(ReceivedEvent event, Outcome.Retry retry) {
        failed.add(retry);
    }

    @Override
    public void refused(RecordCoordinates record, DeadLetterException refusal) {}

    @Override
    public void completed(Optional<ReceivedEvent> event, Outcome outcome) {}

    @Override
    public void left(RecordCoordinates record) {}
}
