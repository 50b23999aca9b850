package io.walpost.search.cli;

import io.quarkus.runtime.configuration.ConfigUtils;
import io.smallrye.config.ConfigMappings;
import io.smallrye.config.ConfigMappings.ConfigClass;
import io.smallrye.config.ConfigValidationException;
import io.smallrye.config.SmallRyeConfig;
import io.walpost.search.SearchSettings;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** What is configured, from the same sources as in the function itself; read without starting it. */
final class Configuration {

    private static final String KAFKA = "kafka.";
    private static final String TOPIC = "mp.messaging.incoming.events.topic";
    private static final String DEFAULT_TOPIC = "outbox.event.order";

    private final SmallRyeConfig sources;

    private Configuration(SmallRyeConfig sources) {
        this.sources = sources;
    }

    /** @throws IllegalArgumentException if a setting is not what is expected, naming it */
    static Configuration load() {
        SmallRyeConfig sources = ConfigUtils.configBuilder().build();
        try {
            ConfigMappings.registerConfigMappings(sources, Set.of(ConfigClass.configClass(SearchSettings.class)));
            return new Configuration(sources);
        } catch (ConfigValidationException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }

    SearchSettings search() {
        return sources.getConfigMapping(SearchSettings.class);
    }

    /** The topic that the function consumes. */
    String topic() {
        return sources.getOptionalValue(TOPIC, String.class).orElse(DEFAULT_TOPIC);
    }

    /** The properties {@code kafka.*} without their prefix, those of the environment among them. */
    Map<String, Object> kafka() {
        Map<String, Object> properties = new HashMap<>();
        for (String name : sources.getPropertyNames()) {
            String dotted =
                    name.contains(".") ? name : name.toLowerCase(Locale.ROOT).replace('_', '.');
            if (dotted.startsWith(KAFKA)) {
                sources.getOptionalValue(dotted, String.class)
                        .ifPresent(value -> properties.put(dotted.substring(KAFKA.length()), value));
            }
        }
        return properties;
    }
}
