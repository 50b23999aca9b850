package io.walpost.consumer.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.walpost.consumer.settings.ConsumerSettings;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingsCheckTest {

    @Test
    void acceptsTheDefaults() {
        assertThat(problems(Map.of())).isEmpty();
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
        assertThat(problems(Map.of(property, value))).singleElement().asString().startsWith(property + " must ");
    }

    private static List<String> problems(Map<String, String> values) {
        SmallRyeConfig config = new SmallRyeConfigBuilder()
                .addDiscoveredConverters()
                .withMapping(ConsumerSettings.class)
                .withMapping(ServiceSettings.class)
                .withSources(new PropertiesConfigSource(Map.of("walpost.consumer.name", "test"), "name", 0))
                .withSources(new PropertiesConfigSource(values, "test", 1))
                .build();
        return SettingsCheck.problems(
                        config.getConfigMapping(ConsumerSettings.class), config.getConfigMapping(ServiceSettings.class))
                .sentences();
    }
}
