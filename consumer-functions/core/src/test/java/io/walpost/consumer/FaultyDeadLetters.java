package io.walpost.consumer;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;

/** Dead letters in memory that refuse as often as they are told to, before or after they have stored the letter. */
final class FaultyDeadLetters implements DeadLetters {

    final List<IncomingRecord> stored = new CopyOnWriteArrayList<>();

    private final Set<RecordKey> parked = new HashSet<>();
    private boolean parks;
    private int refusals;
    private int refusalsToPut;
    private int losses;

    void refuse(int times) {
        refusals = times;
    }

    /** Answers all questions meanwhile. */
    void refuseOnlyToPut(int times) {
        refusalsToPut = times;
    }

    void storeAndRefuse(int times) {
        losses = times;
    }

    /** From now on, keys with a letter are parked. */
    void keepOrder() {
        parks = true;
    }

    /** As if all letters had been replayed. */
    void free() {
        parked.clear();
    }

    @Override
    public void put(IncomingRecord record, Outcome.DeadLetter verdict) throws DeadLetterException {
        refuseIfToldTo();
        if (refusalsToPut > 0) {
            refusalsToPut--;
            throw new DeadLetterException("refused", "none", null);
        }
        stored.add(record);
        if (parks) {
            RecordKey.of(record).ifPresent(parked::add);
        }
        if (losses > 0) {
            losses--;
            throw new DeadLetterException("the answer was lost", "none", null);
        }
    }

    @Override
    public Set<RecordKey> parkedAmong(Collection<RecordKey> keys) throws DeadLetterException {
        refuseIfToldTo();
        Set<RecordKey> among = new HashSet<>(keys);
        among.retainAll(parked);
        return among;
    }

    @Override
    public boolean park(IncomingRecord record) throws DeadLetterException {
        refuseIfToldTo();
        return RecordKey.of(record).filter(parked::contains).isPresent() && stored.add(record);
    }

    private void refuseIfToldTo() throws DeadLetterException {
        if (refusals > 0) {
            refusals--;
            throw new DeadLetterException("refused", "none", null);
        }
    }
}
