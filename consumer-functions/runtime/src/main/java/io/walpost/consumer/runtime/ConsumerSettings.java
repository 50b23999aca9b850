package io.walpost.consumer.runtime;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import io.walpost.consumer.deadletter.Ordering;
import java.time.Duration;
import java.util.Optional;

/** The settings of every consumer function that are not Quarkus's own. */
@ConfigMapping(prefix = "walpost.consumer")
public interface ConsumerSettings {

    /**
     * The consumer's name: in the inbox, among the dead letters, in metrics, and its group in Kafka. Under another name
     * every event is new.
     */
    String name();

    /** Where the records come from: `kafka`, or `http` for CloudEvents of Knative's KafkaSource, as `POST /`. */
    @WithDefault("kafka")
    Binding binding();

    /**
     * What becomes of later records of a key once one of them is a dead letter: `park` them behind it, in their order,
     * until it is resolved, or `skip` the one and judge the others for themselves.
     */
    @WithDefault("park")
    Ordering order();

    /** After how long work on one record readiness fails. It goes on nevertheless. */
    @WithDefault("1m")
    Duration stalledAfter();

    /** What happens between the attempts to apply an event. */
    Retry retry();

    /** Where the records go that cannot be processed. */
    DeadLetters deadLetters();

    /** The memory of what has been applied. */
    Inbox inbox();

    /** The binding to Knative. */
    Http http();

    /** What happens between the attempts to apply an event, and between those to put a dead letter. */
    interface Retry {

        /** The longest wait after the first failed attempt; it doubles with each further one. */
        @WithDefault("100ms")
        Duration initialDelay();

        /** What no wait exceeds: about how long it takes to notice that a sink is back. */
        @WithDefault("5s")
        Duration maxDelay();

        /**
         * After how many attempts an event is a dead letter whose failure the consumer does not know, or that takes longer
         * than its transaction may.
         */
        @WithDefault("5")
        int attemptsOnUnknown();

        /** How long after its first attempt such an event is a dead letter, however often it was tried. */
        @WithDefault("10m")
        Duration giveUpAfter();
    }

    /** Where the records go that cannot be processed. */
    interface DeadLetters {

        /**
         * A topic that gets a copy of each letter. Its largest message decides how much of a record fits into one. Without
         * it letters are in the table alone.
         */
        Optional<String> topic();

        /** How long one attempt to put a dead letter may take until it counts as refused, and is made again. */
        @WithDefault("30s")
        Duration timeout();
    }

    /** The memory of what has been applied. */
    interface Inbox {

        /** How long it is kept: longer than any record can be delivered again, which is the retention of the topic. */
        @WithDefault("30d")
        Duration retention();

        /** Whether this function makes and drops the inbox's partitions, every hour; otherwise somebody else has to. */
        @WithDefault("true")
        boolean maintained();
    }

    /** The binding to Knative. */
    interface Http {

        /** How long a request waits for what passes, such as a sink that is down, before it is answered with 503. */
        @WithDefault("10s")
        Duration patience();

        /** What `Retry-After` says in such an answer. */
        @WithDefault("5s")
        Duration retryAfter();

        /** How many requests may be in work; one more is answered with 429. */
        @WithDefault("16")
        int maxInWork();
    }
}
