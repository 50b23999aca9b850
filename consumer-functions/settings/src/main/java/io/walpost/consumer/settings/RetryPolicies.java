package io.walpost.consumer.settings;

import io.walpost.consumer.RetryPolicy;

/** From the settings to what the consumers' core reads. */
public final class RetryPolicies {

    private RetryPolicies() {}

    public static RetryPolicy of(ConsumerSettings.Retry settings) {
        return new RetryPolicy(
                settings.initialDelay(), settings.maxDelay(), settings.attemptsOnUnknown(), settings.giveUpAfter());
    }
}
