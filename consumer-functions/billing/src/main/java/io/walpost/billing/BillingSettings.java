package io.walpost.billing;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** The settings of billing that are not Quarkus's own. */
@ConfigMapping(prefix = "walpost.billing")
interface BillingSettings {

    Retry retry();

    /** What happens between the attempts to bill an event. */
    interface Retry {

        /** The longest wait after the first failed attempt; it doubles with each further one. */
        @WithDefault("100ms")
        Duration initialDelay();

        /** What no wait exceeds: about how long billing takes to notice that the database is back. */
        @WithDefault("5s")
        Duration maxDelay();

        /** After how many attempts an event is a dead letter whose failure billing does not know. */
        @WithDefault("5")
        int attemptsOnUnknown();
    }
}
