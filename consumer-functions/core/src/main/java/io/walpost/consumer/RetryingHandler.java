package io.walpost.consumer;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Tries an event again while its outcome is {@link Outcome.Retry}, holding up those behind it, so that their order
 * stays.
 *
 * <p>Returns {@link Outcome.Retry} only once the patience has ended, or its thread was interrupted; the record must then be
 * left unacknowledged.
 */
final class RetryingHandler implements EventHandler {

    private static final Logger LOG = System.getLogger(RetryingHandler.class.getName());

    private final EventHandler handler;
    private final RetryPolicy policy;
    private final ConsumerListener listener;
    private final Suspicions suspicions;
    private final Clock clock;
    private final Patience patience;

    /** @param suspicions what is held against events from calls before; whoever owns them forgets those that are done with */
    RetryingHandler(
            EventHandler handler,
            RetryPolicy policy,
            ConsumerListener listener,
            Suspicions suspicions,
            Clock clock,
            Patience patience) {
        this.handler = Objects.requireNonNull(handler, "handler");
        this.policy = Objects.requireNonNull(policy, "policy");
        this.listener = Objects.requireNonNull(listener, "listener");
        this.suspicions = Objects.requireNonNull(suspicions, "suspicions");
        this.clock = Objects.requireNonNull(clock, "clock");
        this.patience = Objects.requireNonNull(patience, "patience");
    }

    /** Does not throw: every failure is an outcome. */
    @Override
    public Outcome handle(ReceivedEvent event) {
        if (patience.isOver()) {
            return Outcome.notNow();
        }
        Optional<Outcome.DeadLetter> verdict = suspicions.verdict(event);
        if (verdict.isPresent()) {
            return verdict.get();
        }
        Instant began = clock.instant();
        for (int attempt = 1; ; attempt++) {
            Outcome outcome = attempt(event);
            if (!(outcome instanceof Outcome.Retry retry)) {
                logEnd(event, attempt, began);
                return outcome;
            }
            if (retry.failure().reaction() == Failure.Reaction.RETRY_A_FEW_TIMES) {
                if (suspicions.isSpentBy(event)) {
                    return new Outcome.DeadLetter(retry.cause(), retry.failure());
                }
            } else {
                suspicions.outage(event);
            }
            logFailure(event, attempt, retry);
            listener.retrying(event, retry);
            if (patience.endsWithin(policy.delayAfter(attempt, ThreadLocalRandom.current()))) {
                return retry;
            }
        }
    }

    private Outcome attempt(ReceivedEvent event) {
        try {
            return Objects.requireNonNull(handler.handle(event), "the outcome of the handler");
        } catch (Throwable failure) {
            keepInterrupt(failure);
            return Outcome.failed(failure);
        }
    }

    /** So that the wait before the next attempt ends at once. */
    static void keepInterrupt(Throwable failure) {
        if (failure instanceof InterruptedException) {
            Thread.currentThread().interrupt();
        }
    }

    /** Only the beginning and the end of an episode: an outage of an hour is two lines, not thousands. */
    private static void logFailure(ReceivedEvent event, int attempt, Outcome.Retry retry) {
        if (attempt == 1) {
            LOG.log(
                    Level.WARNING,
                    "Holding back {0} to try it again; {1}: {2} ({3})",
                    event,
                    retry.failure().label(),
                    retry.failure().describe(retry.cause()),
                    retry.failure().hint());
        }
        LOG.log(Level.DEBUG, () -> "Attempt " + attempt + " of " + event + " failed", retry.cause());
    }

    private void logEnd(ReceivedEvent event, int attempts, Instant began) {
        if (attempts > 1) {
            LOG.log(
                    Level.INFO,
                    "Went on with {0} after {1} attempts in {2}",
                    event,
                    attempts,
                    Duration.between(began, clock.instant()));
        }
    }
}
