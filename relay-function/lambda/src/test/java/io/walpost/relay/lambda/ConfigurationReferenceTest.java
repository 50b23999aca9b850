package io.walpost.relay.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import io.walpost.reference.SettingsReference;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Writes docs/configuration/walpost-relay-lambda.md. */
class ConfigurationReferenceTest {

    private static final String INTRODUCTION = """
            # Settings of the relay's Lambda function

            Written by the build from `LambdaConfig`; do not edit. They come beside [the relay's own](walpost-relay.md),
            from the same sources; a function has them from its environment.
            [How to choose](../deploy-lambda.md#which-way-to-run-it).
            """;

    @Test
    void documentsEverySetting() throws IOException {
        String page = new SettingsReference(INTRODUCTION, Map.of(), LambdaConfig.class)
                .writeOrCompare(Path.of(""), "walpost-relay-lambda.md");

        assertThat(page).contains("`WALPOST_RELAY_LAMBDA_MODE`");
    }
}
