package io.walpost.consumer;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Has a wave of events handled as one, for as long as the surroundings take; and event by event what may be the fault of
 * one of them, so that it does not become the fault of all.
 */
final class WaveHandler {

    private static final Logger LOG = System.getLogger(WaveHandler.class.getName());

    private final BatchHandler handler;
    private final RetryingHandler alone;
    private final RetryPolicy policy;
    private final ConsumerListener listener;
    private final Patience patience;

    WaveHandler(BatchHandler handler, RetryPolicy policy, ConsumerListener listener, Clock clock, Patience patience) {
        this.handler = handler;
        this.alone = new RetryingHandler(
                event -> handler.handle(List.of(event)).getFirst(), policy, listener, clock, patience);
        this.policy = policy;
        this.listener = listener;
        this.patience = patience;
    }

    /**
     * The outcome of each event; {@link Outcome.Retry} only if the patience has ended.
     *
     * @param events with different keys
     */
    Map<ReceivedEvent, Outcome> handle(List<ReceivedEvent> events) {
        Map<ReceivedEvent, Outcome> outcomes = new LinkedHashMap<>();
        List<ReceivedEvent> open = events;
        for (int attempt = 1; open.size() > 1 && !patience.isOver(); attempt++) {
            attempt(open).forEach(outcomes::put);
            open = unsettled(open, outcomes);
            if (open.isEmpty() || mayBeTheFaultOfOne(open, outcomes)) {
                break;
            }
            tell(open, outcomes, attempt);
            if (patience.endsWithin(policy.delayAfter(attempt, ThreadLocalRandom.current()))) {
                return outcomes;
            }
        }
        open.forEach(event -> outcomes.put(event, alone.handle(event)));
        return outcomes;
    }

    private Map<ReceivedEvent, Outcome> attempt(List<ReceivedEvent> events) {
        Map<ReceivedEvent, Outcome> outcomes = new LinkedHashMap<>();
        try {
            List<Outcome> answers = handler.handle(events);
            if (answers.size() != events.size()) {
                throw new IllegalStateException(
                        "The handler gave " + answers.size() + " outcomes for " + events.size() + " events");
            }
            for (int i = 0; i < events.size(); i++) {
                outcomes.put(events.get(i), answers.get(i));
            }
        } catch (Throwable failure) {
            Outcome failed = Outcome.failed(failure);
            // Whatever it says of them all: which of them it is true of shows when they are tried one by one.
            Outcome ofAll = failed instanceof Outcome.DeadLetter(Throwable cause, Failure kind)
                    ? new Outcome.Retry(cause, kind)
                    : failed;
            events.forEach(event -> outcomes.put(event, ofAll));
        }
        return outcomes;
    }

    private static List<ReceivedEvent> unsettled(List<ReceivedEvent> events, Map<ReceivedEvent, Outcome> outcomes) {
        return events.stream()
                .filter(event -> outcomes.get(event) instanceof Outcome.Retry)
                .toList();
    }

    private static boolean mayBeTheFaultOfOne(List<ReceivedEvent> open, Map<ReceivedEvent, Outcome> outcomes) {
        return open.stream()
                .map(outcomes::get)
                .anyMatch(outcome -> outcome instanceof Outcome.Retry retry
                        && retry.failure().reaction() != Failure.Reaction.RETRY);
    }

    private void tell(List<ReceivedEvent> open, Map<ReceivedEvent, Outcome> outcomes, int attempt) {
        for (ReceivedEvent event : open) {
            listener.retrying(event, (Outcome.Retry) outcomes.get(event));
        }
        if (attempt == 1) {
            Outcome.Retry first = (Outcome.Retry) outcomes.get(open.getFirst());
            LOG.log(
                    Level.WARNING,
                    "Holding back {0} events from {1} on to try them again; {2}: {3} ({4})",
                    open.size(),
                    open.getFirst(),
                    first.failure().label(),
                    first.failure().describe(first.cause()),
                    first.failure().hint());
        }
    }
}
