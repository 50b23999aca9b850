package io.walpost.consumer.runtime;

import io.walpost.consumer.RetryPolicy;

/** From the settings to what the consumers' core reads. */
final class RetryPolicies {

    private RetryPolicies() {}

    static RetryPolicy of(ConsumerSettings.Retry settings) {
        return new RetryPolicy(
                settings.initialDelay(), settings.maxDelay(), settings.attemptsOnUnknown(), settings.giveUpAfter());
    }
}
