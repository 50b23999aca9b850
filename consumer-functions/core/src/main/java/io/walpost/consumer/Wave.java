package io.walpost.consumer;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Collectors;

/**
 * One wave on its way to its outcomes. What fails because of one event is tried again without it at once, if it is known
 * which one that is, and otherwise event by event. What fails because of the surroundings is tried again as a wave first, and
 * then event by event too: it may be the fault of their number. What has failed before, and is handed over again, is tried
 * alone, so that no others have to be tried with it each time. A wave is used once, by one thread.
 */
final class Wave {

    private static final Logger LOG = System.getLogger(Wave.class.getName());

    private static final int ATTEMPTS_AT_ONCE = 5;

    /** Each costs the others another attempt. */
    private static final int MOST_SUSPECTS = 8;

    private final BatchHandler handler;
    private final RetryingHandler alone;
    private final RetryPolicy policy;
    private final ConsumerListener listener;
    private final Suspicions suspicions;
    private final Patience patience;

    private final Map<ReceivedEvent, Outcome> outcomes = new LinkedHashMap<>();
    private final List<ReceivedEvent> suspects = new ArrayList<>();
    private final List<ReceivedEvent> known;
    private List<ReceivedEvent> open;

    Wave(
            List<ReceivedEvent> events,
            BatchHandler handler,
            RetryingHandler alone,
            RetryPolicy policy,
            ConsumerListener listener,
            Suspicions suspicions,
            Patience patience) {
        Map<Boolean, List<ReceivedEvent>> hasFailed =
                events.stream().collect(Collectors.partitioningBy(suspicions::has));
        this.open = hasFailed.get(false);
        this.known = hasFailed.get(true);
        this.suspicions = suspicions;
        this.handler = handler;
        this.alone = alone;
        this.policy = policy;
        this.listener = listener;
        this.patience = patience;
    }

    Map<ReceivedEvent, Outcome> outcomes() {
        int failures = 0;
        while (open.size() > 1 && failures < ATTEMPTS_AT_ONCE && !patience.isOver()) {
            Optional<ReceivedEvent> suspect = attempt();
            if (suspect.isPresent() && suspects.size() < MOST_SUSPECTS) {
                suspects.add(suspect.get());
                suspicions.note(suspect.get());
                open = open.stream().filter(event -> event != suspect.get()).toList();
                continue;
            }
            open = open.stream()
                    .filter(event -> outcomes.get(event) instanceof Outcome.Retry)
                    .toList();
            if (open.isEmpty()) {
                break;
            }
            if (mayBeTheFaultOfOne()) {
                open.forEach(suspicions::note);
                break;
            }
            tell(++failures);
            if (patience.endsWithin(policy.delayAfter(failures, ThreadLocalRandom.current()))) {
                return outcomes;
            }
        }
        open.forEach(event -> outcomes.put(event, alone.handle(event)));
        suspects.forEach(event -> outcomes.put(event, alone.handle(event)));
        known.forEach(event -> outcomes.put(event, alone.handle(event)));
        return outcomes;
    }

    /** The event that is to blame, if the handler knows it. */
    private Optional<ReceivedEvent> attempt() {
        try {
            List<Outcome> answers = WaveHandler.answers(handler, open);
            for (int i = 0; i < open.size(); i++) {
                outcomes.put(open.get(i), answers.get(i));
            }
            return Optional.empty();
        } catch (Throwable thrown) {
            Throwable cause = SuspectException.unwrap(thrown);
            RetryingHandler.keepInterrupt(cause);
            Failure failure = Failure.of(thrown);
            // Not yet a dead letter, whatever it is: of which event it is true shows when they are tried one by one.
            Outcome ofAll = new Outcome.Retry(cause, failure);
            open.forEach(event -> outcomes.put(event, ofAll));
            return thrown instanceof SuspectException at && isOfTheEvent(failure)
                    ? Optional.of(at.suspect())
                    : Optional.empty();
        }
    }

    /** A transaction that took too long failed at an event by chance. */
    static boolean isOfTheEvent(Failure failure) {
        return failure.reaction() != Failure.Reaction.RETRY && failure != Failure.TRANSACTION_TIMEOUT;
    }

    private boolean mayBeTheFaultOfOne() {
        return open.stream()
                .map(outcomes::get)
                .anyMatch(outcome -> outcome instanceof Outcome.Retry retry
                        && retry.failure().reaction() != Failure.Reaction.RETRY);
    }

    private void tell(int failures) {
        for (ReceivedEvent event : open) {
            listener.retrying(event, (Outcome.Retry) outcomes.get(event));
        }
        if (failures == 1) {
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
