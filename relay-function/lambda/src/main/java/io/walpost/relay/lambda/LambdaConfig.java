package io.walpost.relay.lambda;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** What the relay's function has in settings beside the relay's own. */
@ConfigMapping(prefix = "walpost.relay.lambda")
public interface LambdaConfig {

    /**
     * What an invocation does: drain (publishes what is committed at its beginning, and ends), or continuous (publishes
     * until shortly before its deadline; until the slot is free, it waits for the one before it to end).
     */
    @WithDefault("drain")
    Mode mode();

    /**
     * How long before its deadline an invocation stops reading. Half of it is for what is in flight, the rest for
     * confirming, and for the report. At least 3s, and less than the function's timeout.
     */
    @WithDefault("10s")
    Duration deadlineMargin();
}
