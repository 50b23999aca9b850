package io.walpost.consumer.settings;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import io.walpost.consumer.deadletter.Ordering;
import java.time.Duration;

/** The settings that a consumer has, however its records come. */
@ConfigMapping(prefix = "walpost.consumer")
public interface ConsumerSettings {

    /**
     * The consumer's name: in the inbox, among the dead letters, in metrics, and its group in Kafka. Under another name
     * every event is new.
     */
    String name();

    /**
     * What becomes of later records of a key once one of them is a dead letter: `park` them behind it, in their order,
     * until it is resolved, or `skip` the one and judge the others for themselves.
     */
    @WithDefault("park")
    Ordering order();

    /** What happens between the attempts to apply an event. */
    Retry retry();

    /** Where the records go that cannot be processed. */
    DeadLetters deadLetters();

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
         * than its transaction may. A process counts on from one invocation of a Lambda function, or request of Knative's, to
         * the next; another process (after a start, or beside it) begins anew.
         */
        @WithDefault("5")
        int attemptsOnUnknown();

        /**
         * How long after its first such failure an event is a dead letter, however often it was tried. A process counts as
         * above; an outage in between begins the time anew.
         */
        @WithDefault("10m")
        Duration giveUpAfter();
    }

    /** Where the records go that cannot be processed. */
    interface DeadLetters {

        /** How long one attempt to put a dead letter may take until it counts as refused, and is made again. */
        @WithDefault("30s")
        Duration timeout();
    }
}
