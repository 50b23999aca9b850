package io.walpost.relay.service;

import io.walpost.relay.RelaySettings;
import io.walpost.relay.publish.DeliverySettings;
import io.walpost.relay.publish.ProducerSettings;
import io.walpost.relay.replication.PostgresSettings;
import io.walpost.relay.replication.TableName;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The configuration, checked.
 *
 * @param source the header {@code ce_source}
 */
record Settings(
        PostgresSettings postgres,
        ProducerSettings producer,
        DeliverySettings delivery,
        RelaySettings relay,
        String source) {

    /**
     * @param kafka the producer's properties, without their prefix
     * @throws IllegalArgumentException with what is missing or wrong, in words for whoever configures the relay
     */
    static Settings of(RelayConfig config, Map<String, ?> kafka) {
        List<String> missing = new ArrayList<>();
        String url = require(config.postgres().url(), "walpost.relay.postgres.url", missing);
        String user = require(config.postgres().user(), "walpost.relay.postgres.user", missing);
        if (!missing.isEmpty()) {
            throw new IllegalArgumentException("Missing: " + String.join(", ", missing)
                    + ". Set it in the environment (as in " + environmentName(missing.getFirst())
                    + "), as a system property, or in config/application.properties.");
        }
        return new Settings(
                new PostgresSettings(
                        url,
                        user,
                        config.postgres().password().orElse(""),
                        config.slot(),
                        config.publication(),
                        config.tables().stream().map(Settings::table).toList(),
                        config.postgres().timeout()),
                ProducerSettings.of(kafka, config.delivery()),
                new DeliverySettings(config.delivery(), config.progressTopic()),
                new RelaySettings(
                        config.inFlight().events(),
                        config.inFlight().bytes().asLongValue(),
                        config.confirmInterval(),
                        config.drainTimeout(),
                        config.stallTimeout(),
                        config.backoff().min(),
                        config.backoff().max()),
                config.source().orElse("/walpost/" + config.slot()));
    }

    private static String require(Optional<String> value, String name, List<String> missing) {
        if (value.isEmpty()) {
            missing.add(name);
        }
        return value.orElse("");
    }

    private static TableName table(String text) {
        try {
            return TableName.parse(text);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("walpost.relay.tables: " + e.getMessage(), e);
        }
    }

    private static String environmentName(String property) {
        return property.toUpperCase(Locale.ROOT).replaceAll("[.-]", "_");
    }
}
