package io.walpost.consumer.runtime.kafka;

import io.smallrye.common.annotation.Identifier;
import jakarta.inject.Singleton;
import java.util.HashMap;
import java.util.Map;
import org.eclipse.microprofile.config.Config;

/** The properties {@code kafka.*}, which all clients of the function share. */
@Singleton
public class ClientProperties {

    private final Map<String, Object> properties;

    ClientProperties(@Identifier("default-kafka-broker") Map<String, Object> kafka, Config config) {
        // The map lets the environment win over system properties, unlike the configuration itself and the channel.
        Map<String, Object> inOrder = new HashMap<>(kafka);
        inOrder.replaceAll((name, value) -> config.getOptionalValue("kafka." + name, String.class)
                .map(Object.class::cast)
                .orElse(value));
        this.properties = Map.copyOf(inOrder);
    }

    public Map<String, Object> all() {
        return properties;
    }
}
