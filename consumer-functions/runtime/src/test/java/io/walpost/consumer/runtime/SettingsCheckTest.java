package io.walpost.consumer.runtime;

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
        "walpost.consumer.stalled-after, 0s",
        "walpost.consumer.stalled-after, -1s",
        "walpost.consumer.retry.initial-delay, 0s",
        "walpost.consumer.retry.max-delay, 50ms",
        "walpost.consumer.retry.max-delay, 25h",
        "walpost.consumer.retry.attempts-on-unknown, 0",
        "walpost.consumer.dead-letters.timeout, 0s",
        "walpost.consumer.dead-letters.timeout, 30d",
        "walpost.consumer.dead-letters.topic, dead letters",
        "walpost.consumer.dead-letters.topic, ..",
        "walpost.consumer.retry.give-up-after, 0s",
        "walpost.consumer.inbox.retention, 23h",
        "walpost.consumer.http.patience, 0s",
        "walpost.consumer.http.retry-after, 25h",
        "walpost.consumer.http.max-in-work, 0",
    })
    void namesThePropertyThatCannotBe(String property, String value) {
        assertThat(SettingsCheck.problems(settings(Map.of(property, value))))
                .singleElement()
                .asString()
                .startsWith(property + " must ");
    }

    private static ConsumerSettings settings(Map<String, String> values) {
        return new SmallRyeConfigBuilder()
                .addDiscoveredConverters()
                .withMapping(ConsumerSettings.class)
                .withSources(new PropertiesConfigSource(Map.of("walpost.consumer.name", "test"), "name", 0))
                .withSources(new PropertiesConfigSource(values, "test", 1))
                .build()
                .getConfigMapping(ConsumerSettings.class);
    }
}
