package io.walpost.relay.poison;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.walpost.relay.failure.PoisonKind;
import io.walpost.relay.failure.PoisonReaction;
import java.util.EnumMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class PoisonPolicyTest {

    private static final Map<PoisonKind, PoisonReaction> DEFAULTS =
            PoisonPolicy.of(1).reactions();

    /** The table in docs/operations.md. */
    @ParameterizedTest
    @CsvSource({
        "RECORD_TOO_LARGE, PARK",
        "NO_KEY, DEAD_LETTER",
        "UNROUTABLE, PARK",
        "TOPIC_INVALID, PARK",
        "TOPIC_UNAUTHORISED, RETRY",
    })
    void setsAsideWhatNobodyCanMendAndWaitsForWhatSomebodyCan(PoisonKind kind, PoisonReaction reaction) {
        assertThat(PoisonPolicy.of(1).reaction(kind)).isEqualTo(reaction);
    }

    @ParameterizedTest
    @EnumSource
    void hasAReactionAndAHintForEachKind(PoisonKind kind) {
        assertThat(PoisonPolicy.of(1).reaction(kind)).isEqualTo(kind.defaultReaction());
        assertThat(PoisonPolicy.waiting().reaction(kind)).isEqualTo(PoisonReaction.RETRY);
        assertThat(kind.hint()).endsWith(".");
    }

    @Test
    void cannotParkWhatHasNoKey() {
        Map<PoisonKind, PoisonReaction> reactions = new EnumMap<>(DEFAULTS);
        reactions.put(PoisonKind.NO_KEY, PoisonReaction.PARK);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new PoisonPolicy(reactions, "letters", "parked", 1))
                .withMessageContaining("walpost.relay.poison.no-key");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "..", "a b", "a/b"})
    void needsTopicsThatCanBe(String name) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new PoisonPolicy(DEFAULTS, name, "parked", 1))
                .withMessageContaining("walpost.relay.dead-letter.topic");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new PoisonPolicy(DEFAULTS, "letters", name, 1))
                .withMessageContaining("walpost.relay.parked.topic");
    }

    @Test
    void needsTwoTopics() {
        assertThatIllegalArgumentException().isThrownBy(() -> new PoisonPolicy(DEFAULTS, "one", "one", 1));
    }
}
