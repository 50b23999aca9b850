package io.walpost.consumer;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Several effects in one transaction, one after the other, up to the first that fails: that one is named. */
final class OneByOne implements BatchHandler {

    private final EventHandler effect;

    OneByOne(EventHandler effect) {
        this.effect = Objects.requireNonNull(effect, "effect");
    }

    @Override
    public List<Outcome> handle(List<ReceivedEvent> events) throws SuspectException {
        List<Outcome> outcomes = new ArrayList<>(events.size());
        boolean goesOn = true;
        for (ReceivedEvent event : events) {
            Outcome outcome = goesOn ? apply(event) : Outcome.notNow();
            goesOn &= outcome.isSettled();
            outcomes.add(outcome);
        }
        return outcomes;
    }

    private Outcome apply(ReceivedEvent event) throws SuspectException {
        try {
            return Objects.requireNonNull(effect.handle(event), "the outcome of the handler");
        } catch (Throwable failure) {
            throw new SuspectException(event, failure);
        }
    }
}
