package io.walpost.consumer;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** Remembers what it was told. */
final class RecordingListener implements ConsumerListener {

    final List<Outcome.Retry> retries = new CopyOnWriteArrayList<>();
    final List<Outcome> outcomes = new CopyOnWriteArrayList<>();

    @Override
    public void retrying(ReceivedEvent event, Outcome.Retry retry) {
        retries.add(retry);
    }

    @Override
    public void completed(Optional<ReceivedEvent> event, Outcome outcome) {
        outcomes.add(outcome);
    }
}
