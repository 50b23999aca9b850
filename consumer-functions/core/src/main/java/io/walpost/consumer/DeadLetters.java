package io.walpost.consumer;

import java.util.Collection;
import java.util.Set;

/**
 * Keeps the records that cannot be processed, for a person to look at, and those that have to wait behind them.
 *
 * <p>Contract: when {@link #put} returns, or {@link #park} returns true, the letter is durable, and the record may be
 * acknowledged. When one of them throws, the letter may or may not be there, and calling again is safe: a letter may come
 * twice, but is not lost. Letters of one key that are put one after the other keep their order. A letter carries the
 * record's key, headers and value, its coordinates, and why it is dead; what the store has no room for is left out, and
 * the letter says so. Implementations are safe for use by several threads.
 *
 * <p>A key is <em>parked</em> while it has a letter that nobody has resolved. A store that does not keep later records
 * behind earlier ones knows no parked keys, and has neither {@link #parkedAmong} nor {@link #park} of its own.
 */
public interface DeadLetters {

    /**
     * One attempt to put a record aside. Its key is parked from then on.
     *
     * @param record what cannot be processed
     * @param verdict why
     * @throws DeadLetterException if the store did not take it; the record must not be acknowledged
     * @throws InterruptedException if the thread was interrupted while it waited for the store
     */
    void put(IncomingRecord record, Outcome.DeadLetter verdict) throws DeadLetterException, InterruptedException;

    /**
     * Which of the keys are parked now. A key can be freed at any time after; only {@link #park} is decisive.
     *
     * @throws DeadLetterException if the store could not be asked
     * @throws InterruptedException if the thread was interrupted while it waited for the store
     */
    default Set<RecordKey> parkedAmong(Collection<RecordKey> keys) throws DeadLetterException, InterruptedException {
        return Set.of();
    }

    /**
     * One attempt to put a record behind the letters of its key.
     *
     * @return false if the key has been freed: nothing was put, and the record is to be processed
     * @throws DeadLetterException if the store did not take it; the record must not be acknowledged
     * @throws InterruptedException if the thread was interrupted while it waited for the store
     */
    default boolean park(IncomingRecord record) throws DeadLetterException, InterruptedException {
        return false;
    }
}
