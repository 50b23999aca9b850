package io.walpost.consumer.deadletter;

import io.walpost.consumer.Outcome;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Remembers how replays went. */
final class RecordingProgress implements ReplayProgress {

    final List<Long> replayed = new CopyOnWriteArrayList<>();
    final List<Outcome> outcomes = new CopyOnWriteArrayList<>();
    final List<Long> failed = new CopyOnWriteArrayList<>();
    final List<Outcome.Retry> waits = new CopyOnWriteArrayList<>();
    final List<Long> busy = new CopyOnWriteArrayList<>();

    @Override
    public void replayed(LetterSummary letter, Outcome outcome) {
        replayed.add(letter.place().offset());
        outcomes.add(outcome);
    }

    @Override
    public void failed(LetterSummary letter, Outcome.DeadLetter verdict) {
        failed.add(letter.place().offset());
    }

    @Override
    public void waiting(LetterSummary letter, Outcome.Retry retry) {
        waits.add(retry);
    }

    @Override
    public void busy(long letter) {
        busy.add(letter);
    }
}
