package io.walpost.consumer.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import io.walpost.consumer.settings.ConsumerSettings;
import io.walpost.reference.SettingsReference;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;

/** Writes docs/configuration/walpost-consumer-lambda.md. */
class ConfigurationReferenceTest {

    private static final Path DEFAULTS =
            Path.of("src", "main", "resources", "META-INF", "microprofile-config.properties");

    private static final String INTRODUCTION = """
            # Settings of the consumers as Lambda functions

            Written by the build from `ConsumerSettings`, `LambdaSettings` and the defaults of the Lambda binding; do not edit.
            A function fails its invocations with a sentence if a value makes no sense, and if there is
            `walpost.consumer.dead-letters.topic`: it writes dead letters to the table alone. Required besides:
            `quarkus.datasource.jdbc.url`, `quarkus.datasource.username` and `.password`. What differs from
            [a service](walpost-consumer.md) differs because an invocation ends.
            """;

    @Test
    void documentsEverySettingWithTheDefaultThatHolds() throws IOException {
        String page = new SettingsReference(INTRODUCTION, defaults(), ConsumerSettings.class, LambdaSettings.class)
                .writeOrCompare(Path.of(""), "walpost-consumer-lambda.md");

        assertThat(page)
                .contains("| `walpost.consumer.lambda.margin`<br>`WALPOST_CONSUMER_LAMBDA_MARGIN` | `5s` |")
                .contains("| `walpost.consumer.retry.max-delay`<br>`WALPOST_CONSUMER_RETRY_MAX_DELAY` | `2s` |");
    }

    private static Map<String, String> defaults() throws IOException {
        Properties properties = new Properties();
        try (InputStream in = Files.newInputStream(DEFAULTS)) {
            properties.load(in);
        }
        Map<String, String> defaults = new HashMap<>();
        properties.forEach((name, value) -> defaults.put((String) name, (String) value));
        return defaults;
    }
}
