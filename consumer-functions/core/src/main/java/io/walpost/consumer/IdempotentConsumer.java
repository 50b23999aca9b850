package io.walpost.consumer;

import jakarta.transaction.Status;
import jakarta.transaction.SystemException;
import jakarta.transaction.UserTransaction;
import java.util.Objects;

/**
 * Applies an event once: claim and effect are one transaction.
 *
 * <p>One call is one attempt. Only a transaction that has committed is {@link Outcome.Applied}; after every other outcome
 * neither claim nor effect remains. If the commit itself fails it is unknown whether it took place, so the event is
 * tried again, and the inbox tells.
 */
public final class IdempotentConsumer implements EventHandler {

    private final UserTransaction transaction;
    private final Inbox inbox;
    private final EventHandler effect;

    /**
     * @param transaction begins and ends the transactions that the inbox and the effect write in
     * @param inbox decides who applies the event
     * @param effect applies it
     */
    public IdempotentConsumer(UserTransaction transaction, Inbox inbox, EventHandler effect) {
        this.transaction = Objects.requireNonNull(transaction, "transaction");
        this.inbox = Objects.requireNonNull(inbox, "inbox");
        this.effect = Objects.requireNonNull(effect, "effect");
    }

    /** Does not throw: every failure is an outcome. */
    @Override
    public Outcome handle(ReceivedEvent event) {
        try {
            transaction.begin();
            Outcome outcome = claimAndApply(event);
            if (outcome instanceof Outcome.Applied) {
                requireInTime();
                inbox.confirm(event.id());
                transaction.commit();
            } else {
                transaction.rollback();
            }
            return outcome;
        } catch (Throwable failure) {
            noteTimeout(failure);
            rollBackAfter(failure);
            return Outcome.failed(failure);
        }
    }

    private Outcome claimAndApply(ReceivedEvent event) throws Exception {
        return switch (inbox.claim(event.id())) {
            case FIRST -> Objects.requireNonNull(effect.handle(event), "the outcome of the handler");
            case DUPLICATE -> new Outcome.Duplicate();
        };
    }

    private void requireInTime() throws SystemException, TransactionTimeoutException {
        if (rolledBackFromOutside()) {
            throw new TransactionTimeoutException();
        }
    }

    /**
     * What a timeout makes the pool and the handler throw looks like an outage, or like nothing known. As the last in the
     * line of causes, the timeout explains only what nothing else does: that the database does not answer is told by the
     * SQLSTATE, however long it took.
     */
    private void noteTimeout(Throwable failure) {
        try {
            if (rolledBackFromOutside()) {
                failure.addSuppressed(new TransactionTimeoutException());
            }
        } catch (SystemException e) {
            failure.addSuppressed(e);
        }
    }

    private boolean rolledBackFromOutside() throws SystemException {
        return switch (transaction.getStatus()) {
            case Status.STATUS_MARKED_ROLLBACK, Status.STATUS_ROLLING_BACK, Status.STATUS_ROLLEDBACK -> true;
            default -> false;
        };
    }

    /** A commit that failed has already ended the transaction; everything else has left it open. */
    private void rollBackAfter(Throwable failure) {
        try {
            if (transaction.getStatus() != Status.STATUS_NO_TRANSACTION) {
                transaction.rollback();
            }
        } catch (SystemException | RuntimeException e) {
            failure.addSuppressed(e);
        }
    }
}
