package io.walpost.billing;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** The settings of billing that are not Quarkus's own. */
@ConfigMapping(prefix = "walpost.billing")
public interface BillingSettings {

    /** What happens between the attempts to bill an event. */
    Retry retry();

    /** Where the events go that cannot be billed. */
    DeadLetters deadLetters();

    /** After how long work on one event readiness fails. It goes on nevertheless. */
    @WithDefault("1m")
    Duration stalledAfter();

    /** What happens between the attempts to bill an event, and between those to put a dead letter. */
    interface Retry {

        /** The longest wait after the first failed attempt; it doubles with each further one. */
        @WithDefault("100ms")
        Duration initialDelay();

        /** What no wait exceeds: about how long billing takes to notice that the database is back. */
        @WithDefault("5s")
        Duration maxDelay();

        /**
         * After how many attempts an event is a dead letter whose failure billing does not know, or that takes longer
         * than its transaction may.
         */
        @WithDefault("5")
        int attemptsOnUnknown();
    }

    /** Where the events go that cannot be billed. */
    interface DeadLetters {

        /** The topic. Its largest message decides how much of an event fits into a dead letter. */
        @WithDefault("billing.dead-letter")
        String topic();

        /** How long one attempt to put a dead letter may take until it counts as refused, and is made again. */
        @WithDefault("30s")
        Duration timeout();
    }
}
