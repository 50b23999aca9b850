package io.walpost.relay.replication;

import static org.assertj.core.api.Assertions.assertThat;

import io.walpost.relay.failure.FailureKind;
import io.walpost.relay.failure.RelayException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SqlFailureTest {

    private static final PostgresSettings SETTINGS = new PostgresSettings(
            "jdbc:postgresql://db/orders",
            "relay",
            "",
            "walpost",
            "walpost",
            List.of(TableName.parse("public.outboxevent")),
            Duration.ofSeconds(60));

    @ParameterizedTest
    @CsvSource({
        "08006, DATABASE_UNAVAILABLE", // connection failure
        "57P01, DATABASE_UNAVAILABLE", // terminated by an administrator
        "57P03, DATABASE_UNAVAILABLE", // still starting
        "53300, DATABASE_UNAVAILABLE", // too many connections
        "55000, DATABASE_UNAVAILABLE", // also pgjdbc's own, for a stream that has ended
        "55006, SLOT_BUSY",
        "28P01, AUTHENTICATION",
        "28000, AUTHENTICATION",
        "42704, PRECONDITION", // no such slot or publication
        "3D000, PRECONDITION", // no such database
        "42501, PRECONDITION", // no right to replicate
        "0A000, PROTOCOL", // no such version of the protocol
    })
    void knowsWhatWillPassByItself(String state, FailureKind kind) {
        assertThat(SqlFailure.kindOf(new SQLException("", state))).isEqualTo(kind);
    }

    @Test
    void takesAnErrorWithoutACodeForALostConnection() {
        assertThat(SqlFailure.kindOf(new SQLException("no code"))).isEqualTo(FailureKind.DATABASE_UNAVAILABLE);
    }

    @Test
    void keepsOnlyTheFirstLineOfTheServersWords() {
        RelayException failure = SqlFailure.of(
                new SQLException("ERROR: it failed\n  Detail: Failing row contains (secret)", "22000"),
                "Trying",
                SETTINGS);
        assertThat(failure)
                .hasMessageContaining("ERROR: it failed")
                .hasMessageContaining("walpost")
                .hasMessageNotContaining("secret");
    }

    @Test
    void saysThatAPublicationWasMissingInThePast() {
        RelayException failure =
                SqlFailure.whileReading(new SQLException("publication \"walpost\" does not exist", "42704"), SETTINGS);
        assertThat(failure.kind()).isEqualTo(FailureKind.PRECONDITION);
        assertThat(failure).hasMessageContaining("while the publication walpost did not exist");
    }
}
