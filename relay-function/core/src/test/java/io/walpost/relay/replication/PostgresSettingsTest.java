package io.walpost.relay.replication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PostgresSettingsTest {

    private static PostgresSettings settings(String url, String slot, String publication, List<TableName> tables) {
        return new PostgresSettings(url, "relay", "secret", slot, publication, tables, Duration.ofSeconds(60));
    }

    private static final String URL = "jdbc:postgresql://db/orders";
    private static final List<TableName> TABLES = List.of(TableName.parse("public.outboxevent"));

    @ParameterizedTest
    @ValueSource(strings = {"", "Walpost", "a-b", "a b", "a;drop", "ä"})
    void refusesASlotNameThatPostgresWouldRefuse(String slot) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> settings(URL, slot, "walpost", TABLES))
                .withMessageContaining("walpost.relay.slot");
    }

    @Test
    void refusesWhatCannotBeAUrlAPublicationOrTables() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> settings("postgres://db", "walpost", "walpost", TABLES))
                .withMessageContaining("walpost.relay.postgres.url");
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        settings("jdbc:postgresql://db:54x2/orders?password=hidden", "walpost", "walpost", TABLES))
                .withMessageContaining("walpost.relay.postgres.url")
                .withMessageNotContaining("hidden");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> settings(URL + "?sslmode=maybe&password=hidden", "walpost", "walpost", TABLES))
                .withMessageContaining("sslmode")
                .withMessageNotContaining("hidden");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> settings(URL, "walpost", " ", TABLES))
                .withMessageContaining("walpost.relay.publication");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> settings(URL, "walpost", "walpost", List.of()))
                .withMessageContaining("walpost.relay.tables");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "outboxevent", ".x", "x.", "a.b.c"})
    void refusesATableWithoutItsSchema(String table) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TableName.parse(table))
                .withMessageContaining("schema.table");
    }

    @Test
    void quotesOnlyWhatMustBeQuoted() {
        assertThat(TableName.parse("public.outboxevent").quoted()).isEqualTo("public.outboxevent");
        assertThat(TableName.parse("Sales.Outbox\"Event").quoted()).isEqualTo("\"Sales\".\"Outbox\"\"Event\"");
    }

    @Test
    void neverPrintsThePasswordOrTheUrl() {
        assertThat(settings(URL + "?password=hidden", "walpost", "walpost", TABLES))
                .asString()
                .doesNotContain("secret")
                .doesNotContain("hidden");
    }
}
