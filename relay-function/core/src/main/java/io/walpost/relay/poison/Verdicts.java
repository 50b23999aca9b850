package io.walpost.relay.poison;

import io.walpost.relay.checkpoint.EventPosition;
import io.walpost.relay.failure.FailureKind;
import io.walpost.relay.failure.PoisonException;
import io.walpost.relay.failure.PoisonException.Poison;
import io.walpost.relay.failure.PoisonReaction;
import io.walpost.relay.failure.RelayException;
import io.walpost.relay.route.RoutedEvent;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * What a broker has refused, kept from the session that met it to those that set it aside. A process that has lost this
 * finds it again. Owned by the relay's thread.
 */
public final class Verdicts {

    /** How long all events of a topic are set aside that Kafka does not admit, until one is tried again. */
    private static final long TOPIC_MEMORY = Duration.ofMinutes(5).toNanos();

    private final PoisonPolicy policy;
    private final LongSupplier ticker;
    private final Map<EventPosition, Poison> events = new HashMap<>();
    private final Map<String, TopicVerdict> topics = new HashMap<>();

    /** @param ticker counts nanoseconds, like {@link System#nanoTime} */
    public Verdicts(PoisonPolicy policy, LongSupplier ticker) {
        this.policy = policy;
        this.ticker = ticker;
    }

    /**
     * Notes a refusal.
     *
     * @return false if the event is to be waited at, or was noted before, since then that did not help
     */
    boolean note(PoisonException refusal) {
        Poison poison = refusal.poison();
        if (!policy.setsAside(poison.kind())) {
            return false;
        }
        if (poison.kind().concernsTopic()) {
            topics.put(poison.topic(), new TopicVerdict(poison, ticker.getAsLong()));
        }
        return events.put(poison.position(), poison) == null;
    }

    /**
     * What is left to do about a failure that ended a session.
     *
     * @return empty if the next session will set the event aside, and may begin at once
     */
    public Optional<RelayException> after(RelayException failure) {
        if (!(failure instanceof PoisonException refusal)) {
            return Optional.of(failure);
        }
        Poison poison = refusal.poison();
        if (policy.isOwn(poison.topic())) {
            return Optional.of(ofOwnTopic(refusal));
        }
        if (policy.reaction(poison.kind()) == PoisonReaction.STOP) {
            return Optional.of(new RelayException(FailureKind.POISON_EVENT, failure.getMessage(), failure));
        }
        return note(refusal) ? Optional.empty() : Optional.of(failure);
    }

    /** There is no other place for it, so it waits. */
    private static RelayException ofOwnTopic(PoisonException refusal) {
        String topic = refusal.poison().topic();
        String hint =
                switch (refusal.poison().kind()) {
                    case RECORD_TOO_LARGE ->
                        "The relay waits, as nothing else would keep the event whole. Raise max.message.bytes of the topic "
                                + topic + "; above 64 MiB kafka.buffer.memory of the relay too.";
                    default -> "The relay waits. Grant it DESCRIBE and WRITE on the topic " + topic + ".";
                };
        return new RelayException(refusal.kind(), "Setting aside: " + refusal.getMessage(), refusal, hint);
    }

    /** Forgets events that are done. */
    public void forget(EventPosition published) {
        events.keySet().removeIf(position -> published.covers(position.commitLsn(), position.order()));
    }

    boolean isEmpty() {
        return events.isEmpty() && topics.isEmpty();
    }

    Optional<Poison> of(RoutedEvent event) {
        Poison poison = events.get(event.position());
        if (poison != null && poison.eventId().equals(event.id())) {
            return Optional.of(poison);
        }
        TopicVerdict verdict = topics.get(event.topic());
        if (verdict == null) {
            return Optional.empty();
        }
        if (ticker.getAsLong() - verdict.since() > TOPIC_MEMORY) {
            topics.remove(event.topic());
            return Optional.empty();
        }
        return Optional.of(verdict.poison());
    }

    private record TopicVerdict(Poison poison, long since) {}
}
