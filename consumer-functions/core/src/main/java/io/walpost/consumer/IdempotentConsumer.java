package io.walpost.consumer;

import jakarta.transaction.Status;
import jakarta.transaction.SystemException;
import jakarta.transaction.UserTransaction;
import java.util.ArrayList;
import java.util.HashSet;
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
 *
 * <p>What a handler wrote for an event that it then calls ignored or a duplicate is rolled back only if the event came
 * alone.
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
        // Outside of what is rolled back below: it fails if there is a transaction already, which is not this one's.
        transaction.begin();
        try {
            List<Outcome> outcomes = claimAndApply(events);
            if (events.size() > 1 || outcomes.getFirst() instanceof Outcome.Applied) {
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
            // Only now: a connection can break under a thread that is interrupted.
            RetryingHandler.keepInterrupt(failure);
            return List.of(Outcome.failed(failure));
        }
    }

    private List<Outcome> claimAndApply(List<ReceivedEvent> events) throws Exception {
        Set<UUID> claimed = new HashSet<>(inbox.claim(events));
        List<Outcome> outcomes = new ArrayList<>(events.size());
        for (ReceivedEvent event : events) {
            // Taken out, because the same event may be there a second time, under another key.
            boolean isNew = claimed.remove(event.id());
            if (!isNew) {
                outcomes.add(new Outcome.Duplicate());
            } else if (events.size() == 1) {
                outcomes.add(apply(event));
            } else {
                outcomes.add(applyAmongOthers(event));
            }
        }
        return outcomes;
    }

    /** What is not to be committed keeps the others from being committed too. */
    private Outcome applyAmongOthers(ReceivedEvent event) throws SuspectException {
        Outcome outcome;
        try {
            outcome = apply(event);
        } catch (Throwable failure) {
            throw new SuspectException(event, failure);
        }
        return switch (outcome) {
            case Outcome.Retry retry -> throw new SuspectException(event, retry.cause());
            case Outcome.DeadLetter letter -> throw new SuspectException(event, letter.cause());
            default -> outcome;
        };
    }

    private Outcome apply(ReceivedEvent event) throws Exception {
        Outcome outcome = Objects.requireNonNull(effect.handle(event), "the outcome of the handler");
        if (outcome instanceof Outcome.Ignored || outcome instanceof Outcome.Duplicate) {
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
}
