package io.walpost.consumer;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Dead letters in memory that refuse as often as they are told to, before or after they have stored the letter. */
final class FaultyDeadLetters implements DeadLetters {

    final List<IncomingRecord> stored = new CopyOnWriteArrayList<>();

    private int refusals;
    private int losses;

    void refuse(int times) {
        refusals = times;
    }

    void storeAndRefuse(int times) {
        losses = times;
    }

    @Override
    public void put(IncomingRecord record, Outcome.DeadLetter verdict) throws DeadLetterException {
        if (refusals > 0) {
            refusals--;
            throw new DeadLetterException("refused", "none", null);
        }
        stored.add(record);
        if (losses > 0) {
            losses--;
            throw new DeadLetterException("the answer was lost", "none", null);
        }
    }
}
