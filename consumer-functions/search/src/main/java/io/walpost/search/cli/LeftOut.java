package io.walpost.search.cli;

import io.walpost.consumer.DeadLetters;
import io.walpost.consumer.IncomingRecord;
import io.walpost.consumer.Outcome;
import java.util.ArrayList;
import java.util.List;

/**
 * Counts what a rebuild cannot put into the index. These records are the live consumer's letters already, or will be: the
 * rebuild puts none of its own. It parks no keys either, since a later event of the order carries the whole of it.
 */
final class LeftOut implements DeadLetters {

    private static final int NAMED = 10;

    private final List<String> first = new ArrayList<>();
    private long count;

    @Override
    public synchronized void put(IncomingRecord record, Outcome.DeadLetter verdict) {
        count++;
        if (first.size() < NAMED) {
            first.add(record.coordinates() + ": " + verdict.failure().describe(verdict.cause()));
        }
    }

    synchronized long count() {
        return count;
    }

    synchronized List<String> first() {
        return List.copyOf(first);
    }
}
