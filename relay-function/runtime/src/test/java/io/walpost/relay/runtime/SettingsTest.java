package io.walpost.relay.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.walpost.relay.capture.CaptureSettings;
import io.walpost.relay.capture.HeaderColumn;
import io.walpost.relay.route.HeaderProfile;
import io.walpost.relay.route.RecordTimestamp;
import io.walpost.relay.route.RoutingSettings;
import io.walpost.relay.route.TopicRouting;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is captured and where it goes, from properties to settings. */
class SettingsTest {

    private static final int ANY_ORDINAL = 100;

    /** Each as name=value, without {@code walpost.relay.}. */
    private static Settings settings(String... properties) {
        Map<String, String> all = new HashMap<>();
        all.put("walpost.relay.postgres.url", "jdbc:postgresql://db/orders");
        all.put("walpost.relay.postgres.user", "relay");
        for (String property : properties) {
            int equals = property.indexOf('=');
            all.put("walpost.relay." + property.substring(0, equals), property.substring(equals + 1));
        }
        RelayConfig config = new SmallRyeConfigBuilder()
                .addDiscoveredConverters()
                .withMapping(RelayConfig.class)
                .withSources(new PropertiesConfigSource(all, "test", ANY_ORDINAL))
                .build()
                .getConfigMapping(RelayConfig.class);
        return Settings.of(config, Map.of("bootstrap.servers", "kafka:9092"));
    }

    @Test
    void capturesTheOutboxTableByDefault() {
        Settings settings = settings();
        assertThat(settings.postgres().capture()).isEqualTo(CaptureSettings.ofTables("public.outboxevent"));
        RoutingSettings routing = settings.routing();
        assertThat(routing.source()).isEqualTo("/walpost/walpost");
        assertThat(routing.topics()).isEqualTo(RoutingSettings.of("x").topics());
        assertThat(routing.profile()).isEqualTo(HeaderProfile.BOTH);
        assertThat(routing.timestamp()).isEqualTo(RecordTimestamp.PUBLISH);
        assertThat(routing.contentType()).isEmpty();
    }

    @Test
    void capturesMessagesAloneOrWithTables() {
        assertThat(settings("capture=message").postgres().capture())
                .isEqualTo(new CaptureSettings(Set.of(), Optional.of("outbox"), List.of()));
        assertThat(settings("capture=both", "tables=a.b,c.d", "messages.prefix=events", "headers.columns=tenant,n:x-n")
                        .postgres()
                        .capture())
                .isEqualTo(new CaptureSettings(
                        Set.of("a.b", "c.d"),
                        Optional.of("events"),
                        List.of(new HeaderColumn("tenant", "tenant"), new HeaderColumn("n", "x-n"))));
    }

    @Test
    void routesAsConfigured() {
        RoutingSettings routing = settings(
                        "source=/shop",
                        "topic.template=shop.{aggregatetype}",
                        "topic.overrides.\"Order\"=orders",
                        "topic.overrides.\"a.b\"=ab",
                        "headers.profile=CloudEvents",
                        "headers.content-type=application/avro",
                        "record.timestamp=event")
                .routing();
        assertThat(routing)
                .isEqualTo(new RoutingSettings(
                        "/shop",
                        new TopicRouting("shop.{aggregatetype}", Map.of("Order", "orders", "a.b", "ab")),
                        HeaderProfile.CLOUDEVENTS,
                        RecordTimestamp.EVENT,
                        Optional.of("application/avro")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "capture=tables | walpost.relay.capture 'tables' is none of table, message, both",
                "headers.profile=none | walpost.relay.headers.profile 'none' is none of debezium, cloudevents, both",
                "record.timestamp=now | walpost.relay.record.timestamp 'now' is none of event, publish",
                "headers.columns=id | walpost.relay.headers.columns: the header 'id'",
                "headers.columns=a,b:a | walpost.relay.headers.columns makes the header 'a' of two columns",
                "headers.content-type=avro | walpost.relay.headers.content-type 'avro'",
                "topic.template=outbox.{type} | walpost.relay.topic.template 'outbox.{type}'",
                "topic.overrides.\"Order\"=my orders | walpost.relay.topic.overrides.\"Order\" = 'my orders'",
                "postgres.login=kerberos | walpost.relay.postgres.login 'kerberos' is none of password, secret, iam",
                "postgres.login=secret | walpost.relay.postgres.secret is missing",
                "postgres.login=iam | walpost.relay.postgres.url: IAM database authentication needs TLS",
                "postgres.secret=orders/relay | walpost.relay.postgres.secret is set, and walpost.relay.postgres.login=password",
                "tables=outboxevent | walpost.relay.tables: 'outboxevent'",
            })
    void namesTheSettingThatIsWrong(String property, String message) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> settings(property))
                .withMessageContaining(message);
    }

    @Test
    void refusesAPasswordThatIsNotUsed() {
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        settings("postgres.login=secret", "postgres.secret=orders/relay", "postgres.password=hidden"))
                .withMessage("walpost.relay.postgres.password is set, and walpost.relay.postgres.login=secret makes no"
                        + " use of it");
    }

    @Test
    void looksAtAPrefixOnlyWhereMessagesAreCaptured() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> settings("capture=both", "messages.prefix=out box"))
                .withMessageContaining("walpost.relay.messages.prefix");
        assertThat(settings("messages.prefix=out box").postgres().messagePrefix())
                .isEmpty();
    }
}
