package io.walpost.consumer;

import jakarta.transaction.Status;
import jakarta.transaction.SystemException;
import jakarta.transaction.UserTransaction;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * Applies each event once: the claims and the effects are one transaction.
 *
 * <p>One call is one attempt, or two if the effect is a {@link BatchEffect}: what fails because of one of the events is
 * done again one by one, to find out which. Only events whose transaction has committed are {@link Outcome.Applied}. If one
 * of several events fails, the transaction of all is rolled back, and the call throws what that one failed with; handed
 * over alone, the event gets it as its outcome. If the commit itself fails it is unknown whether it took place, so the
 * events are tried again, and the inbox tells.
 *
 * <p>What a handler wrote for an event that it then calls ignored or a duplicate is rolled back only if the event came
 * alone.
 */
public final class IdempotentConsumer implements BatchHandler {

    private final UserTransaction transaction;
    private final Inbox inbox;
    private final Optional<BatchEffect> together;
    private final OneByOne oneByOne;

    /**
     * @param transaction begins and ends the transactions that the inbox and the effect write in
     * @param inbox decides who applies the event
     * @param effect applies it; a {@link BatchEffect} is given several at once
     */
    public IdempotentConsumer(UserTransaction transaction, Inbox inbox, EventHandler effect) {
        this.transaction = Objects.requireNonNull(transaction, "transaction");
        this.inbox = Objects.requireNonNull(inbox, "inbox");
        this.together = effect instanceof BatchEffect batches ? Optional.of(batches) : Optional.empty();
        this.oneByOne = new OneByOne(effect);
    }

    @Override
    public List<Outcome> handle(List<ReceivedEvent> events) throws Exception {
        if (together.isPresent() && events.size() > 1) {
            BatchEffect effect = together.get();
            try {
                return attempt(events, ours -> WaveHandler.answers(effect::handle, ours));
            } catch (Exception e) {
                if (!Wave.isOfTheEvent(Failure.of(e))) {
                    throw e;
                }
            }
        }
        return attempt(events, oneByOne);
    }

    private List<Outcome> attempt(List<ReceivedEvent> events, BatchHandler effect) throws Exception {
        // Outside of what is rolled back below: it fails if there is a transaction already, which is not this one's.
        transaction.begin();
        try {
            List<Outcome> outcomes = claimAndApply(events, effect);
            if (events.size() > 1 || outcomes.getFirst() instanceof Outcome.Applied) {
                requireInTime();
                inbox.confirm(claimed(events, outcomes));
                transaction.commit();
            } else {
                transaction.rollback();
            }
            return outcomes;
        } catch (Throwable thrown) {
            Throwable failure = events.size() > 1 ? thrown : SuspectException.unwrap(thrown);
            noteTimeout(failure);
            rollBackAfter(failure);
            if (events.size() > 1) {
                throw thrown;
            }
            // Only now: a connection can break under a thread that is interrupted.
            RetryingHandler.keepInterrupt(failure);
            return List.of(Outcome.failed(failure));
        }
    }

    private List<Outcome> claimAndApply(List<ReceivedEvent> events, BatchHandler effect) throws Exception {
        Set<UUID> claimed = new HashSet<>(inbox.claim(events));
        // Taken out, because the same event may be there a second time, under another key.
        List<ReceivedEvent> ours =
                events.stream().filter(event -> claimed.remove(event.id())).toList();
        List<Outcome> applied = ours.isEmpty() ? List.of() : effect.handle(ours);
        List<Outcome> outcomes = new ArrayList<>(events.size());
        int next = 0;
        for (ReceivedEvent event : events) {
            if (next < ours.size() && ours.get(next) == event) {
                Outcome outcome = applied.get(next++);
                if (events.size() > 1) {
                    settleClaim(event, outcome, effect == oneByOne);
                }
                outcomes.add(outcome);
            } else {
                outcomes.add(new Outcome.Duplicate());
            }
        }
        return outcomes;
    }

    /**
     * Of one of several events; alone, it is rolled back unless it is applied.
     *
     * @param hasWritten whether it may have written something whatever its outcome, which must not be committed
     */
    private void settleClaim(ReceivedEvent event, Outcome outcome, boolean hasWritten)
            throws SQLException, SuspectException {
        switch (outcome) {
            case Outcome.Applied applied -> {}
            case Outcome.Retry retry when hasWritten -> throw new SuspectException(event, retry.cause());
            case Outcome.DeadLetter letter when hasWritten -> throw new SuspectException(event, letter.cause());
            default -> inbox.release(event);
        }
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
