package io.walpost.relay.service;

import io.smallrye.common.annotation.Identifier;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.HashMap;
import java.util.Map;
import org.eclipse.microprofile.config.Config;

/** The properties {@code kafka.*}, without their prefix. */
@ApplicationScoped
class KafkaProperties {

    private final Map<String, Object> collected;
    private final Config config;

    /** @param collected by Quarkus, which finds names in the environment too, but lets them win over system properties */
    KafkaProperties(@Identifier("default-kafka-broker") Map<String, Object> collected, Config config) {
        this.collected = collected;
        this.config = config;
    }

    /** Each value from the source that comes first: system properties, then the environment, then files. */
    Map<String, Object> all() {
        Map<String, Object> properties = new HashMap<>(collected);
        properties.replaceAll((name, value) -> config.getOptionalValue("kafka." + name, String.class)
                .map(Object.class::cast)
                .orElse(value));
        return properties;
    }
}
