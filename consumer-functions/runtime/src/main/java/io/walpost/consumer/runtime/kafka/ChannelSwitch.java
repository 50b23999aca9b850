package io.walpost.consumer.runtime.kafka;

import io.smallrye.config.ConfigSourceContext;
import io.smallrye.config.ConfigSourceFactory;
import io.smallrye.config.ConfigValue;
import io.smallrye.config.PropertiesConfigSource;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.config.spi.ConfigSource;

/** Leaves the channel closed unless {@code walpost.consumer.binding} is {@code kafka}, which is its default. */
public final class ChannelSwitch implements ConfigSourceFactory {

    private static final String BINDING = "walpost.consumer.binding";
    static final String ENABLED = "mp.messaging.incoming." + EventChannel.NAME + ".enabled";

    /** Below everything that a person could have set. */
    private static final int ORDINAL = 50;

    @Override
    public Iterable<ConfigSource> getConfigSources(ConfigSourceContext context) {
        ConfigValue binding = context.getValue(BINDING);
        boolean kafka = binding == null
                || binding.getValue() == null
                || binding.getValue().equalsIgnoreCase("kafka");
        return List.of(new PropertiesConfigSource(Map.of(ENABLED, Boolean.toString(kafka)), BINDING, ORDINAL));
    }
}
