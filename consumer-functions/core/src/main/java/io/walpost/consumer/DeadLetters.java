package io.walpost.consumer;

/**
 * Keeps the records that cannot be processed, for a person to look at.
 *
 * <p>Contract: when {@link #put} returns, the letter is durable, and the record may be acknowledged. When it throws, the
 * letter may or may not be there, and putting it again is safe: a letter may come twice, but is not lost. Letters of one
 * key that are put one after the other keep their order. A letter carries the record's key, headers and value, its
 * coordinates, and why it is dead; what the store has no room for is left out, and the letter says so. Implementations
 * are safe for use by several threads.
 */
public interface DeadLetters {

    /**
     * One attempt to put a record aside.
     *
     * @param record what cannot be processed
     * @param verdict why
     * @throws DeadLetterException if the store did not take it; the record must not be acknowledged
     * @throws InterruptedException if the thread was interrupted while it waited for the store
     */
    void put(IncomingRecord record, Outcome.DeadLetter verdict) throws DeadLetterException, InterruptedException;
}
