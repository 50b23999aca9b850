package io.walpost.billing;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingsCheckTest {

    @Test
    void acceptsTheDefaults() {
        assertThat(SettingsCheck.problems(settings(Map.of()))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "walpost.billing.stalled-after, 0s",
        "walpost.billing.stalled-after, -1s",
        "walpost.billing.retry.initial-delay, 0s",
        "walpost.billing.retry.max-delay, 50ms",
        "walpost.billing.retry.max-delay, 25h",
        "walpost.billing.retry.attempts-on-unknown, 0",
        "walpost.billing.dead-letters.timeout, 0s",
        "walpost.billing.dead-letters.timeout, 30d",
        "walpost.billing.dead-letters.topic, dead letters",
        "walpost.billing.dead-letters.topic, ..",
    })
    void namesThePropertyThatCannotBe(String property, String value) {
        assertThat(SettingsCheck.problems(settings(Map.of(property, value))))
                .singleElement()
                .asString()
                .startsWith(property + " must ");
    }

    private static BillingSettings settings(Map<String, String> values) {
        return new SmallRyeConfigBuilder()
                .addDiscoveredConverters()
                .withMapping(BillingSettings.class)
                .withSources(new PropertiesConfigSource(values, "test", 0))
                .build()
                .getConfigMapping(BillingSettings.class);
    }
}
