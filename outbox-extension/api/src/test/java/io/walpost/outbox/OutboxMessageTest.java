package io.walpost.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class OutboxMessageTest {

    @ParameterizedTest
    @ValueSource(strings = {OutboxMessage.DEFAULT_PREFIX, "a", "Orders.outbox_2-b"})
    void takesAPrefixThatHasTheSameBytesEverywhere(String prefix) {
        assertThat(OutboxMessage.requirePrefix(prefix)).isSameAs(prefix);
    }

    @Test
    void takesThePrefixUpToItsLongest() {
        assertThat(OutboxMessage.requirePrefix("x".repeat(63))).hasSize(63);
        assertThatIllegalArgumentException().isThrownBy(() -> OutboxMessage.requirePrefix("x".repeat(64)));
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", " ", "out box", "a,b", "ä", "outbox\n", "outbox\0", "a/b"})
    void refusesAnyOther(String prefix) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> OutboxMessage.requirePrefix(prefix))
                .withMessageContaining("1 to 63 letters");
    }
}
