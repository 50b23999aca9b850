package io.walpost.outbox.runtime;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StorableTextTest {

    @ParameterizedTest
    @ValueSource(
            strings = {"", "a", "\u0001\u007F", "\u0080\u07FF", "\u0800\uD7FF\uE000\uFFFF", "\uD800\uDC00\uDBFF\uDFFF"})
    void countsTheBytesOfUtf8(String text) {
        assertThat(StorableText.requireStorable("payload", text)).isEqualTo(text.getBytes(UTF_8).length);
    }

    @Test
    void refusesTheCharacterThatPostgresHasNot() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> StorableText.requireStorable("payload", "secret\0"))
                .withMessageContaining("payload holds the character U+0000 at index 6")
                .withMessageNotContaining("secret");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\uD800", "a\uDC00", "a\uDC00\uD800", "a\uD800b", "a\uD800\uD800\uDC00"})
    void refusesHalfOfACharacter(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> StorableText.requireStorable("payload", text))
                .withMessageContaining("at index 1");
    }
}
