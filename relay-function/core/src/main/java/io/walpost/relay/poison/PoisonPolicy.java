package io.walpost.relay.poison;

import io.walpost.relay.failure.PoisonKind;
import io.walpost.relay.failure.PoisonReaction;
import java.util.EnumMap;
import java.util.Map;

/**
 * What is done about which poison, and where it goes.
 *
 * @param reactions one for each kind
 * @param maxEventBytes events above it are too large; dead letters have no such limit
 */
public record PoisonPolicy(
        Map<PoisonKind, PoisonReaction> reactions, String deadLetterTopic, String parkedTopic, int maxEventBytes) {

    public static final String DEFAULT_DEAD_LETTER_TOPIC = "walpost.dead-letter";
    public static final String DEFAULT_PARKED_TOPIC = "walpost.parked";

    /** The kind of a dead letter that could be published, and waits behind another. */
    public static final String FOLLOWS_PARKED = "follows-parked";

    /** @throws IllegalArgumentException naming the setting that is wrong */
    public PoisonPolicy {
        reactions = Map.copyOf(reactions);
        for (PoisonKind kind : PoisonKind.values()) {
            PoisonReaction reaction = reactions.get(kind);
            require(reaction != null, "poison." + kind.label() + " is missing");
            require(
                    reaction != PoisonReaction.PARK || kind.hasKey(),
                    "poison." + kind.label() + " cannot be park, as there is no key to park; say dead-letter");
        }
        requireTopic(deadLetterTopic, "dead-letter.topic");
        requireTopic(parkedTopic, "parked.topic");
        require(!deadLetterTopic.equals(parkedTopic), "parked.topic must be another topic than dead-letter.topic");
        require(maxEventBytes >= 1, "poison: the largest event must have at least one byte");
    }

    /** The defaults. */
    public static PoisonPolicy of(int maxEventBytes) {
        Map<PoisonKind, PoisonReaction> defaults = new EnumMap<>(PoisonKind.class);
        for (PoisonKind kind : PoisonKind.values()) {
            defaults.put(kind, kind.defaultReaction());
        }
        return new PoisonPolicy(defaults, DEFAULT_DEAD_LETTER_TOPIC, DEFAULT_PARKED_TOPIC, maxEventBytes);
    }

    /** Waits at every poison event, and finds none by itself. */
    public static PoisonPolicy waiting() {
        Map<PoisonKind, PoisonReaction> retry = new EnumMap<>(PoisonKind.class);
        for (PoisonKind kind : PoisonKind.values()) {
            retry.put(kind, PoisonReaction.RETRY);
        }
        return new PoisonPolicy(retry, DEFAULT_DEAD_LETTER_TOPIC, DEFAULT_PARKED_TOPIC, Integer.MAX_VALUE);
    }

    public PoisonReaction reaction(PoisonKind kind) {
        return reactions.get(kind);
    }

    /** Whether an event of that kind leaves the way of those behind it. */
    boolean setsAside(PoisonKind kind) {
        return reaction(kind) == PoisonReaction.PARK || reaction(kind) == PoisonReaction.DEAD_LETTER;
    }

    /** Whether a topic is the relay's own, with no other place to go for what it refuses. */
    boolean isOwn(String topic) {
        return topic.equals(deadLetterTopic) || topic.equals(parkedTopic);
    }

    private static void requireTopic(String name, String setting) {
        boolean valid = name.matches("[a-zA-Z0-9._-]{1,249}") && !name.equals(".") && !name.equals("..");
        require(valid, setting + ": '" + name + "' cannot be a topic's name");
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new IllegalArgumentException("walpost.relay." + otherwise);
        }
    }
}
