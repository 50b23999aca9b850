package io.walpost.consumer;

import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Has a wave of events handled as one, and event by event what may be the fault of one of them, so that it does not become
 * the fault of all.
 */
final class WaveHandler {

    private final BatchHandler handler;
    private final RetryingHandler alone;
    private final RetryPolicy policy;
    private final ConsumerListener listener;
    private final Suspicions suspicions;
    private final Patience patience;

    WaveHandler(
            BatchHandler handler,
            RetryPolicy policy,
            ConsumerListener listener,
            Suspicions suspicions,
            Clock clock,
            Patience patience) {
        this.handler = handler;
        this.alone = new RetryingHandler(one(handler), policy, listener, suspicions, clock, patience);
        this.suspicions = suspicions;
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
        return new Wave(events, handler, alone, policy, listener, suspicions, patience).outcomes();
    }

    /** A batch handler as one of single events. */
    static EventHandler one(BatchHandler handler) {
        return event -> answers(handler, List.of(event)).getFirst();
    }

    /** One for each event, and none of them null: what is left out would be taken for done. */
    static List<Outcome> answers(BatchHandler handler, List<ReceivedEvent> events) throws Exception {
        List<Outcome> answers = handler.handle(events);
        if (answers.size() != events.size()) {
            throw new IllegalStateException(
                    "The handler gave " + answers.size() + " outcomes for " + events.size() + " events");
        }
        answers.forEach(outcome -> Objects.requireNonNull(outcome, "an outcome of the handler"));
        return answers;
    }
}
