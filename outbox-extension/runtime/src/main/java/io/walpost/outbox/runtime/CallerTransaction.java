package io.walpost.outbox.runtime;

import io.walpost.outbox.NoTransactionException;
import jakarta.inject.Singleton;
import jakarta.transaction.Status;
import jakarta.transaction.TransactionSynchronizationRegistry;
import java.util.function.Supplier;

/** The transaction of the calling thread. */
@Singleton
class CallerTransaction {

    private final TransactionSynchronizationRegistry transactions;

    CallerTransaction(TransactionSynchronizationRegistry transactions) {
        this.transactions = transactions;
    }

    /**
     * Checks that data can still be written in it.
     *
     * @param event what is being published, for the message
     * @throws NoTransactionException if there is none, or if it is over
     */
    void require(Object event) {
        if (transactions.getTransactionStatus() != Status.STATUS_ACTIVE) {
            throw new NoTransactionException("no active transaction to publish " + event
                    + " in: call publish() where the data is changed, in a method marked @Transactional or within"
                    + " QuarkusTransaction.requiringNew().run(...), on the thread that began the transaction");
        }
    }

    /**
     * Writes an event, or else lets the transaction only roll back: data must not be committed without its event because
     * a caller caught what it should not have.
     */
    <T> T writeOrRollBack(Supplier<T> write) {
        try {
            return write.get();
        } catch (Throwable refusal) {
            rollBackAfter(refusal);
            throw refusal;
        }
    }

    private void rollBackAfter(Throwable refusal) {
        try {
            transactions.setRollbackOnly();
        } catch (IllegalStateException overAlready) {
            refusal.addSuppressed(overAlready);
        }
    }
}
