package io.walpost.consumer.deadletter;

import io.walpost.consumer.BatchHandler;
import io.walpost.consumer.ConsumerListener;
import io.walpost.consumer.Outcome;
import io.walpost.consumer.Patience;
import io.walpost.consumer.PatientHandler;
import io.walpost.consumer.ReceivedEvent;
import io.walpost.consumer.RetryPolicy;
import java.time.Clock;

/** Hands letters to the handler one by one, and says which of them it waits at. Owned by one thread. */
final class ReplayHandler {

    private final PatientHandler handler;
    private final ReplayProgress progress;
    private LetterSummary current;

    ReplayHandler(BatchHandler handler, RetryPolicy policy, Clock clock, Patience patience, ReplayProgress progress) {
        this.handler = new PatientHandler(handler, policy, new Waiting(), clock, patience);
        this.progress = progress;
    }

    Outcome handle(Letter letter) {
        current = letter.summary();
        return handler.handle(letter.record());
    }

    private final class Waiting implements ConsumerListener {

        @Override
        public void retrying(ReceivedEvent event, Outcome.Retry retry) {
            progress.waiting(current, retry);
        }
    }
}
