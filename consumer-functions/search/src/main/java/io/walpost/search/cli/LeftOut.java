package io.walpost.search.cli;

import io.walpost.consumer.DeadLetters;
import io.walpost.consumer.IncomingRecord;
import io.walpost.consumer.Outcome;
import java.util.ArrayList;
import java.util.List;

/**
 * Counts and names what a rebuild cannot put into the index. It puts no letters, which are the live consumer's affair, and that
 * one need not have any for these records: it may have indexed them under an earlier mapping, and of letters that were
 * discarded nothing is left. So the old index may be the only place where the orders still are as the records say. No keys are
 * parked, since a later event of an order carries the whole of it.
 */
final class LeftOut implements DeadLetters {

    /** So that a topic that the index refuses as a whole fills neither the memory nor the terminal. */
    private static final int MOST_NAMED = 1000;

    private final List<String> first = new ArrayList<>();
    private long count;

    @Override
    public synchronized void put(IncomingRecord record, Outcome.DeadLetter verdict) {
        count++;
        if (first.size() < MOST_NAMED) {
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
