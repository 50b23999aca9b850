package io.walpost.relay.service;

import io.walpost.relay.RelaySettings;
import io.walpost.relay.failure.PoisonKind;
import io.walpost.relay.poison.PoisonPolicy;
import io.walpost.relay.publish.DeliverySettings;
import io.walpost.relay.publish.ProducerSettings;
import io.walpost.relay.replication.PostgresSettings;
import io.walpost.relay.replication.TableName;
import io.walpost.relay.replication.WalBudget;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The configuration, checked.
 *
 * @param walBudget how much log the slot may hold back before somebody is told
 * @param source the header {@code ce_source}
 */
public record Settings(
        PostgresSettings postgres,
        ProducerSettings producer,
        DeliverySettings delivery,
        RelaySettings relay,
        WalBudget walBudget,
        String source,
        PoisonPolicy poison) {

    /**
     * @param kafka the producer's properties, without their prefix
     * @throws IllegalArgumentException with what is missing or wrong, in words for whoever configures the relay
     */
    public static Settings of(RelayConfig config, Map<String, ?> kafka) {
        ProducerSettings producer = ProducerSettings.of(kafka, config.delivery());
        return new Settings(
                postgres(config),
                producer,
                new DeliverySettings(config.delivery(), config.progressTopic()),
                new RelaySettings(
                        config.inFlight().events(),
                        config.inFlight().bytes().asLongValue(),
                        config.confirmInterval(),
                        config.drainTimeout(),
                        config.stallTimeout(),
                        config.backoff().min(),
                        config.backoff().max()),
                walBudget(config),
                config.source().orElse("/walpost/" + config.slot()),
                poison(config, producer.maxEventBytes()));
    }

    static PoisonPolicy poison(RelayConfig config, int maxEventBytes) {
        RelayConfig.Poison poison = config.poison();
        return new PoisonPolicy(
                Map.of(
                        PoisonKind.RECORD_TOO_LARGE, poison.recordTooLarge(),
                        PoisonKind.NO_KEY, poison.noKey(),
                        PoisonKind.UNROUTABLE, poison.unroutable(),
                        PoisonKind.TOPIC_INVALID, poison.topicInvalid(),
                        PoisonKind.TOPIC_UNAUTHORISED, poison.topicUnauthorised()),
                config.deadLetter().topic(),
                config.parked().topic(),
                maxEventBytes);
    }

    static PostgresSettings postgres(RelayConfig config) {
        List<String> missing = new ArrayList<>();
        String url = require(config.postgres().url(), "walpost.relay.postgres.url", missing);
        String user = require(config.postgres().user(), "walpost.relay.postgres.user", missing);
        if (!missing.isEmpty()) {
            throw new IllegalArgumentException("Missing: " + String.join(", ", missing)
                    + ". Set it in the environment (as in " + environmentName(missing.getFirst())
                    + "), as a system property, or in config/application.properties.");
        }
        return new PostgresSettings(
                url,
                user,
                config.postgres().password().orElse(""),
                config.slot(),
                config.publication(),
                config.tables().stream().map(Settings::table).toList(),
                config.postgres().timeout());
    }

    static WalBudget walBudget(RelayConfig config) {
        return new WalBudget(config.walBudget().asLongValue());
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
