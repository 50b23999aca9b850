package io.walpost.relay.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.walpost.relay.runtime.testing.ConfigurationReference;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class ConfigurationReferenceTest {

    @Test
    void documentsEverySetting() throws IOException {
        String page = ConfigurationReference.check("walpost-relay.md", RelayConfig.class, """
               # Settings of the relay

               Written by the build from `RelayConfig`; do not edit. Every property `kafka.<name>` goes to the Kafka
               producer as `<name>` (`KAFKA_<NAME>` in the environment), among them `kafka.bootstrap.servers`, which is
               required, and all of TLS and SASL. The relay refuses to start with a property that would break its
               guarantees: `acks`, `enable.idempotence`, `max.in.flight.requests.per.connection`, `retries`,
               `delivery.timeout.ms`, `max.block.ms`, `transactional.id`, the serializers, and partitioners that do not go
               by the key. System properties come before the environment, and that before files.
               """);
        assertThat(page).contains("`walpost.relay.postgres.url`").contains("`WALPOST_RELAY_IN_FLIGHT_EVENTS`");
    }
}
