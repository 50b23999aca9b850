package io.walpost.consumer;

import jakarta.transaction.Status;
import jakarta.transaction.SystemException;
import jakarta.transaction.UserTransaction;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;

/**
 * Applies each event once: the claims and the effects are one transaction.
 *
 * <p>One call is one attempt. Only events whose transaction has committed are {@link Outcome.Applied}. If one of several
 * events fails, the transaction of all is rolled back, and the call throws what that one failed with; handed over alone,
 * the event gets it as its outcome. If the commit itself fails it is unknown whether it took place, so the events are
 * tried again, and the inbox tells.
 */
public final class IdempotentConsumer implements BatchHandler {

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

    @Override
    public List<Outcome> handle(List<ReceivedEvent> events) throws Exception {
        try {
            transaction.begin();
            List<Outcome> outcomes = claimAndApply(events);
            if (outcomes.stream().allMatch(Outcome::isSettled)) {
                requireInTime();
                inbox.confirm(claimed(events, outcomes));
                transaction.commit();
            } else {
                transaction.rollback();
            }
            return outcomes;
        } catch (Throwable failure) {
            noteTimeout(failure);
            rollBackAfter(failure);
            if (events.size() > 1) {
                throw failure;
            }
            return List.of(Outcome.failed(failure));
        }
    }

    private List<Outcome> claimAndApply(List<ReceivedEvent> events) throws Exception {
        Set<UUID> claimed = inbox.claim(events);
        List<Outcome> outcomes = new ArrayList<>(events.size());
        for (ReceivedEvent event : events) {
            Outcome outcome = claimed.contains(event.id()) ? apply(event) : new Outcome.Duplicate();
            if (!outcome.isSettled() && events.size() > 1) {
                throw new UnsettledException(outcome);
            }
            outcomes.add(outcome);
        }
        return outcomes;
    }

    private Outcome apply(ReceivedEvent event) throws Exception {
        Outcome outcome = Objects.requireNonNull(effect.handle(event), "the outcome of the handler");
        if (outcome instanceof Outcome.Ignored) {
            inbox.release(event);
        }
        return outcome;
    }

    private static List<ReceivedEvent> claimed(List<ReceivedEvent> events, List<Outcome> outcomes) {
        List<ReceivedEvent> claimed = new ArrayList<>(events.size());
        for (int i = 0; i < events.size(); i++) {
            if (outcomes.get(i) instanceof Outcome.Applied) {
                claimed.add(events.get(i));
            }
        }
        return claimed;
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

    /** One of several events has an outcome that is not to be committed, so that none of them is. */
    private static final class UnsettledException extends Exception {
        private static final long serialVersionUID = 1L;

        UnsettledException(Outcome outcome) {
            super(cause(outcome));
        }

        private static Throwable cause(Outcome outcome) {
            return switch (outcome) {
                case Outcome.Retry retry -> retry.cause();
                case Outcome.DeadLetter letter -> letter.cause();
                default -> throw new IllegalArgumentException("The outcome is settled");
            };
        }
    }
}
