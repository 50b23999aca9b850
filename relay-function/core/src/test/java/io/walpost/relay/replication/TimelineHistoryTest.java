package io.walpost.relay.replication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.walpost.relay.checkpoint.WalHistory.Ancestor;
import io.walpost.relay.failure.FailureKind;
import io.walpost.relay.failure.RelayException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TimelineHistoryTest {

    @Test
    void readsWhatPostgresWritesAtAPromotionAndARestore() throws RelayException {
        String content = "1\t0/3000110\tno recovery target specified\n\n"
                + "2\t16/B374D848\tbefore 2026-11-20 07:00:00.000000+00\n\n"
                + "3\t16/C0000000\tat restore point \"before the 4 0/1 release\"\n";
        assertThat(TimelineHistory.parse(content, 5))
                .containsExactly(
                        new Ancestor(1, 0x3000110L),
                        new Ancestor(2, 0x16_B374_D848L),
                        new Ancestor(3, 0x16_C000_0000L));
    }

    @Test
    void passesOverCommentsAndTakesALineWithoutAReason() throws RelayException {
        assertThat(TimelineHistory.parse("# a comment\n   \n 1 FFFFFFFF/FFFFFFFF\n", 2))
                .containsExactly(new Ancestor(1, -1));
        assertThat(TimelineHistory.parse("", 2)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "one\t0/3000110\treason",
                "1\t3000110\treason",
                "1",
                "2\t0/3000110\treason",
                "0\t0/3000110\treason",
                "1\t0/1\ta\n1\t0/2\tb",
                "1\t0/123456789\treason",
                "99999999999\t0/1\treason"
            })
    void failsOnAnythingElse(String content) {
        assertThatExceptionOfType(RelayException.class)
                .isThrownBy(() -> TimelineHistory.parse(content, 2))
                .withMessageContaining("timeline 2")
                .satisfies(failure -> assertThat(failure.kind()).isEqualTo(FailureKind.PROTOCOL));
    }
}
