package io.walpost.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LsnTest {

    @ParameterizedTest
    @ValueSource(strings = {"0/0", "16/B374D848", "FFFFFFFF/FFFFFFFF", "1/A", "80000000/1"})
    void readsAndWritesPostgresText(String text) {
        assertThat(Lsn.parse(text)).hasToString(text);
    }

    @Test
    void readsLowerCase() {
        assertThat(Lsn.parse("16/b374d848")).isEqualTo(new Lsn(0x16_B374_D848L));
    }

    @Test
    void comparesUnsigned() {
        assertThat(Lsn.parse("80000000/0").isAfter(Lsn.parse("7FFFFFFF/FFFFFFFF")))
                .isTrue();
        assertThat(Lsn.parse("7FFFFFFF/FFFFFFFF")).isLessThan(Lsn.parse("FFFFFFFF/0"));
        assertThat(Lsn.ZERO.isAfter(Lsn.ZERO)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/", "1/", "/1", "1", "1/2/3", "G/0", "0/123456789", "-1/0", "+1/0", " 1/0", "0/٣"})
    void refusesAnythingElse(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Lsn.parse(text))
                .withMessageContaining("is not an LSN")
                .withMessageContaining("16/B374D848");
    }
}
