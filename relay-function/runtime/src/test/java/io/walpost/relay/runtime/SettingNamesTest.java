package io.walpost.relay.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SettingNamesTest {

    private final SettingNames names = new SettingNames(
            "walpost.relay.",
            Set.of(
                    "walpost.relay.slot",
                    "walpost.relay.in-flight.events",
                    "walpost.relay.tables[*]",
                    "walpost.relay.postgres.user",
                    "walpost.relay.topics.*"));

    @Test
    void knowsAllSettingsInEverySpelling() {
        assertThat(names.unknown(
                        List.of(
                                "walpost.relay.slot",
                                "walpost.relay.in-flight.events",
                                "walpost.relay.tables",
                                "walpost.relay.tables[1]",
                                "walpost.relay.topics.order",
                                "walpost.admin.user",
                                "kafka.acks"),
                        List.of(
                                "WALPOST_RELAY_SLOT",
                                "WALPOST_RELAY_IN_FLIGHT_EVENTS",
                                "WALPOST_RELAY_TABLES_0_",
                                "WALPOST_RELAY_TOPICS__ORDER_",
                                "WALPOST_RELAY_JAVA_OPTS",
                                "WALPOST_RELAY_AOT",
                                "WALPOST_BUILD",
                                "PATH")))
                .isEmpty();
    }

    @Test
    void suggestsTheNearestName() {
        assertThat(names.unknown(List.of("walpost.relay.inflight.events"), List.of("WALPOST_RELAY_POSTGRES_USERNAME")))
                .containsExactly(
                        "The environment variable WALPOST_RELAY_POSTGRES_USERNAME means nothing to the relay; did you"
                                + " mean WALPOST_RELAY_POSTGRES_USER?",
                        "The setting walpost.relay.inflight.events means nothing to the relay; did you mean"
                                + " walpost.relay.in-flight.events?");
    }

    @Test
    void suggestsNothingThatIsFarAway() {
        assertThat(names.unknown(List.of("walpost.relay.colour-of-the-log"), List.of()))
                .singleElement()
                .asString()
                .contains("docs/configuration/walpost-relay.md");
    }

    @Test
    void saysItOnceOfAVariableThatIsSeenAsASetting() {
        assertThat(names.unknown(List.of("walpost.relay.slott"), List.of("WALPOST_RELAY_SLOTT")))
                .hasSize(1);
    }
}
