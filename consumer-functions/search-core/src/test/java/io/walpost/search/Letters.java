package io.walpost.search;

import io.walpost.consumer.DeadLetters;
import io.walpost.consumer.IncomingRecord;
import io.walpost.consumer.Outcome;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Dead letters in memory, which keep nothing behind them. */
public final class Letters implements DeadLetters {

    public record Letter(IncomingRecord record, Outcome.DeadLetter verdict) {}

    public final List<Letter> put = new CopyOnWriteArrayList<>();

    @Override
    public void put(IncomingRecord record, Outcome.DeadLetter verdict) {
        put.add(new Letter(record, verdict));
    }
}
