package io.walpost.consumer.deadletter;

import io.walpost.consumer.Outcome;

/** Is told how a replay goes, on its thread, which waits for it. */
public interface ReplayProgress {

    /** The letter is resolved, and that is durable. */
    void replayed(LetterSummary letter, Outcome outcome);

    /** The letter has failed again; it and those behind it are left alone for the rest of the run. */
    void failed(LetterSummary letter, Outcome.DeadLetter verdict);

    /** An attempt has failed for a reason that will pass, and is repeated. */
    void waiting(LetterSummary letter, Outcome.Retry retry);

    /** Somebody else has the letter; it and those behind it are left alone for the rest of the run. */
    void busy(long letter);
}
