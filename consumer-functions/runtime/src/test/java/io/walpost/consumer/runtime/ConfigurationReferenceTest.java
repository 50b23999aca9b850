package io.walpost.consumer.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.walpost.consumer.settings.ConsumerSettings;
import io.walpost.reference.SettingsReference;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Writes docs/configuration/walpost-consumer.md. */
class ConfigurationReferenceTest {

    private static final String INTRODUCTION = """
            # Settings of the consumers

            Written by the build from `ConsumerSettings` and `ServiceSettings`; do not edit. They are those of every consumer
            function that runs as a service, which refuses to start with a value that could only fail later;
            [walpost-consumer-lambda.md](walpost-consumer-lambda.md) has those of a Lambda function. Required besides:
            `quarkus.datasource.jdbc.url`, `quarkus.datasource.username` and `.password`, `kafka.bootstrap.servers`, and the
            topic, `mp.messaging.incoming.events.topic`. Every property `kafka.<name>` (`KAFKA_<NAME>` in the environment),
            TLS and SASL among them, goes to the consumer and to the producer of the dead letters, whose `acks`,
            `enable.idempotence`, `retries`, timeouts and `max.request.size` are its own. The consumer is SmallRye's
            channel `events`: `mp.messaging.incoming.events.<name>`.
            """;

    @Test
    void documentsEverySetting() throws IOException {
        String page = new SettingsReference(INTRODUCTION, Map.of(), ConsumerSettings.class, ServiceSettings.class)
                .writeOrCompare(Path.of(""), "walpost-consumer.md");

        assertThat(page).contains("`walpost.consumer.stalled-after`").contains("`WALPOST_CONSUMER_DEAD_LETTERS_TOPIC`");
    }
}
