package io.walpost.relay.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import io.walpost.relay.runtime.testing.ConfigurationReference;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class ConfigurationReferenceTest {

    @Test
    void documentsEverySetting() throws IOException {
        String page = ConfigurationReference.check("walpost-relay-lambda.md", LambdaConfig.class, """
               # Settings of the relay's Lambda function

               Written by the build from `LambdaConfig`; do not edit. They come beside [the relay's own](walpost-relay.md),
               from the same sources; a function has them from its environment.
               [How to choose](../deploy-lambda.md#which-way-to-run-it).
               """);
        assertThat(page).contains("`WALPOST_RELAY_LAMBDA_MODE`");
    }
}
