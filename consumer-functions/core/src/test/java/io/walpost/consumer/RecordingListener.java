package io.walpost.consumer;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** Remembers what it was told. */
public final class RecordingListener implements ConsumerListener {

    public final List<RecordCoordinates> inWork = new CopyOnWriteArrayList<>();
    public final List<Outcome.Retry> retries = new CopyOnWriteArrayList<>();
    public final List<DeadLetterException> refusals = new CopyOnWriteArrayList<>();
    public final List<Outcome> outcomes = new CopyOnWriteArrayList<>();

    @Override
    public void began(RecordCoordinates record) {
        inWork.add(record);
    }

    @Override
    public void retrying(ReceivedEvent event, Outcome.Retry retry) {
        retries.add(retry);
    }

    @Override
    public void refused(RecordCoordinates record, DeadLetterException refusal) {
        refusals.add(refusal);
    }

    @Override
    public void completed(Optional<ReceivedEvent> event, Outcome outcome) {
        outcomes.add(outcome);
    }

    @Override
    public void left(RecordCoordinates record) {
        inWork.remove(record);
    }
}
