package io.walpost.search;

import io.walpost.consumer.ConsumerListener;
import io.walpost.consumer.Outcome;
import io.walpost.consumer.ReceivedEvent;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Remembers what was tried in vain. */
final class Attempts implements ConsumerListener {

    final List<Outcome.Retry> failed = new CopyOnWriteArrayList<>();

    @Override
    public void retrying(ReceivedEvent event, Outcome.Retry retry) {
        failed.add(retry);
    }
}
