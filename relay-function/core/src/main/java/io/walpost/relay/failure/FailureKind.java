package io.walpost.relay.failure;

import java.util.Locale;

/** The relay's taxonomy of failures. */
public enum FailureKind {
    CONFIGURATION(Reaction.STOP, "Correct the setting and start the relay again."),
    PRECONDITION(Reaction.STOP, "Prepare the database, or Kafka, as told, then start the relay again."),
    AUTHENTICATION(
            Reaction.STOP,
            "Check walpost.relay.postgres.user and .password, and that pg_hba.conf admits a replication connection."),
    DATABASE_UNAVAILABLE(Reaction.RETRY, "Is PostgreSQL up and reachable? The relay keeps trying."),
    SLOT_BUSY(
            Reaction.RETRY,
            "Another relay holds the slot; this one stands by and takes over when the slot is released."),
    SLOT_LOST(
            Reaction.STOP,
            "Events between the slot's last confirmed position and a new slot are not in the log any more; "
                    + "create a new slot and republish what is missing from the outbox table."),
    PROTOCOL(Reaction.RETRY, "The relay starts again where it was. If it recurs, report it."),
    EVENT_REFUSED(
            Reaction.RETRY,
            "The relay waits at this event, so that order holds; see 'Poison events' in docs/operations.md."),
    POISON_EVENT(
            Reaction.STOP,
            "A setting walpost.relay.poison.* says stop for such an event. Mend what the message names, or change the"
                    + " setting, and start the relay again."),
    KAFKA_UNAVAILABLE(Reaction.RETRY, "Are the brokers of kafka.bootstrap.servers up and reachable?"),
    KAFKA_REFUSED(Reaction.RETRY, "Check the relay's Kafka credentials and ACLs, and that the topic can be written."),
    FENCED(
            Reaction.RETRY,
            "Another relay of this slot took over in Kafka, or the broker aborted a transaction that took longer than "
                    + "kafka.transaction.timeout.ms. This relay starts anew from what is committed."),
    INTERNAL(Reaction.RETRY, "A defect of the relay; please report it with the stack trace.");

    private final Reaction reaction;
    private final String hint;

    FailureKind(Reaction reaction, String hint) {
        this.reaction = reaction;
        this.hint = hint;
    }

    public Reaction reaction() {
        return reaction;
    }

    /** One sentence for the operator. */
    public String hint() {
        return hint;
    }

    /** The name in metrics and logs: lower case with hyphens. */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
