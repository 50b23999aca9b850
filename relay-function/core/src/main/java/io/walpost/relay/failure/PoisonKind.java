package io.walpost.relay.failure;

import java.util.Locale;

/** Why an event cannot be published, what is done about it unless a setting says otherwise, and what helps. */
public enum PoisonKind {
    RECORD_TOO_LARGE(
            PoisonReaction.PARK,
            FailureKind.EVENT_REFUSED,
            "Raise max.message.bytes of the topic, or kafka.max.request.size of the relay, then release the key."),
    NO_KEY(
            PoisonReaction.DEAD_LETTER,
            FailureKind.EVENT_REFUSED,
            "Without an aggregateid, which a message that cannot be read lacks too, nothing orders it. Write the event anew"
                    + " with one."),
    UNROUTABLE(
            PoisonReaction.PARK,
            FailureKind.EVENT_REFUSED,
            "It lacks id or type, is no JSON as a message has to be, names no topic by its aggregatetype, or has a"
                    + " timestamp that its topic refuses. Write the event anew, then release the key without it."),
    TOPIC_INVALID(
            PoisonReaction.PARK,
            FailureKind.EVENT_REFUSED,
            "Kafka takes no topic of that name. Correct the aggregatetype or the routing, then release the key."),
    TOPIC_UNAUTHORISED(
            PoisonReaction.RETRY,
            FailureKind.KAFKA_REFUSED,
            "Grant the relay DESCRIBE and WRITE on the topic, and CREATE if it is not there.");

    private final PoisonReaction defaultReaction;
    private final FailureKind failure;
    private final String hint;

    PoisonKind(PoisonReaction defaultReaction, FailureKind failure, String hint) {
        this.defaultReaction = defaultReaction;
        this.failure = failure;
        this.hint = hint;
    }

    public PoisonReaction defaultReaction() {
        return defaultReaction;
    }

    /** As what it counts while the relay waits at it. */
    public FailureKind failure() {
        return failure;
    }

    /** What the operator can do. */
    public String hint() {
        return hint;
    }

    /** Whether every event for the topic meets it. */
    public boolean concernsTopic() {
        return this == TOPIC_INVALID || this == TOPIC_UNAUTHORISED;
    }

    /** Whether there may be a key whose later events can be held. */
    public boolean hasKey() {
        return this != NO_KEY;
    }

    /** The name in settings, headers and metrics: lower case with hyphens. */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
