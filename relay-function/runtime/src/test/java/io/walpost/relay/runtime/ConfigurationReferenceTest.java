package io.walpost.relay.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.walpost.reference.SettingsReference;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Writes docs/configuration/walpost-relay.md. */
class ConfigurationReferenceTest {

    private static final String INTRODUCTION = """
            # Settings of the relay

            Written by the build from `RelayConfig`; do not edit. Every property `kafka.<name>` goes to the Kafka
            producer as `<name>` (`KAFKA_<NAME>` in the environment), among them `kafka.bootstrap.servers`, which is
            required, and all of TLS and SASL. The relay refuses to start with a property that would break its
            guarantees: `acks`, `enable.idempotence`, `max.in.flight.requests.per.connection`, `retries`,
            `delivery.timeout.ms`, `max.block.ms`, `transactional.id`, the serializers, and partitioners that do not go
            by the key. System properties come before the environment, and that before files.
            """;

    @Test
    void documentsEverySetting() throws IOException {
        String page = new SettingsReference(INTRODUCTION, Map.of(), RelayConfig.class)
                .writeOrCompare(Path.of(""), "walpost-relay.md");

        assertThat(page).contains("`walpost.relay.postgres.url`").contains("`WALPOST_RELAY_IN_FLIGHT_EVENTS`");
    }
}
