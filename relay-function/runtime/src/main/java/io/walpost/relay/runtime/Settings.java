package io.walpost.relay.runtime;

import io.walpost.relay.RelaySettings;
import io.walpost.relay.capture.HeaderColumn;
import io.walpost.relay.failure.PoisonKind;
import io.walpost.relay.poison.PoisonPolicy;
import io.walpost.relay.publish.DeliverySettings;
import io.walpost.relay.publish.ProducerSettings;
import io.walpost.relay.replication.PostgresSettings;
import io.walpost.relay.replication.TableName;
import io.walpost.relay.replication.WalBudget;
import io.walpost.relay.route.HeaderProfile;
import io.walpost.relay.route.RecordTimestamp;
import io.walpost.relay.route.RoutingSettings;
import io.walpost.relay.route.TopicRouting;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The configuration, checked.
 *
 * @param walBudget how much log the slot may hold back before somebody is told
 */
public record Settings(
        PostgresSettings postgres,
        ProducerSettings producer,
        DeliverySettings delivery,
        RelaySettings relay,
        WalBudget walBudget,
        RoutingSettings routing,
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
                routing(config),
                poison(config, producer.maxEventBytes()));
    }

    /** The same for a relay that has only so long to come to its end. */
    public Settings withDrainTimeoutOfAtMost(Duration longest) {
        RelaySettings shorter = new RelaySettings(
                relay.maxInFlightEvents(),
                relay.maxInFlightBytes(),
                relay.confirmInterval(),
                relay.drainTimeout().compareTo(longest) < 0 ? relay.drainTimeout() : longest,
                relay.stallTimeout(),
                relay.minBackoff(),
                relay.maxBackoff());
        return new Settings(postgres, producer, delivery, shorter, walBudget, routing, poison);
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
        Capture capture = Choice.of(Capture.class, config.capture(), "walpost.relay.capture");
        return new PostgresSettings(
                url,
                user,
                Login.source(config.postgres(), url, user),
                config.slot(),
                config.publication(),
                capture.hasTables()
                        ? config.tables().stream().map(Settings::table).toList()
                        : List.of(),
                Optional.of(config.messages().prefix()).filter(prefix -> capture.hasMessages()),
                config.headers().columns().orElse(List.of()).stream()
                        .map(Settings::header)
                        .toList(),
                config.postgres().timeout());
    }

    static WalBudget walBudget(RelayConfig config) {
        return new WalBudget(config.walBudget().asLongValue());
    }

    static RoutingSettings routing(RelayConfig config) {
        return new RoutingSettings(
                config.source().orElse("/walpost/" + config.slot()),
                new TopicRouting(config.topic().template(), config.topic().overrides()),
                Choice.of(HeaderProfile.class, config.headers().profile(), "walpost.relay.headers.profile"),
                Choice.of(RecordTimestamp.class, config.record().timestamp(), "walpost.relay.record.timestamp"),
                config.headers().contentType());
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

    private static HeaderColumn header(String text) {
        try {
            return HeaderColumn.parse(text);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("walpost.relay.headers.columns: " + e.getMessage(), e);
        }
    }

    private static String environmentName(String property) {
        return property.toUpperCase(Locale.ROOT).replaceAll("[.-]", "_");
    }
}
