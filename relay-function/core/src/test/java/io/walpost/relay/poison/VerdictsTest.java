package io.walpost.relay.poison;

import static org.assertj.core.api.Assertions.assertThat;

import io.walpost.relay.checkpoint.EventPosition;
import io.walpost.relay.failure.FailureKind;
import io.walpost.relay.failure.PoisonException;
import io.walpost.relay.failure.PoisonKind;
import io.walpost.relay.failure.PoisonReaction;
import io.walpost.relay.failure.RelayException;
import io.walpost.relay.route.RoutedEvent;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class VerdictsTest {

    private final RoutedEvent event = Events.event("a", "orders", "42", 100);
    private final RoutedEvent neighbour = Events.event("b", "orders", "43", 200);
    private long now;
    private final Verdicts verdicts = new Verdicts(setting(PoisonReaction.DEAD_LETTER), () -> now);

    private static PoisonPolicy setting(PoisonReaction unauthorised) {
        Map<PoisonKind, PoisonReaction> reactions =
                new EnumMap<>(PoisonPolicy.of(1).reactions());
        reactions.put(PoisonKind.TOPIC_UNAUTHORISED, unauthorised);
        return new PoisonPolicy(reactions, "letters", "parked", 1 << 20);
    }

    @Test
    void rememberAnEventUntilItIsDone() {
        assertThat(verdicts.after(Events.refusal(event, PoisonKind.RECORD_TOO_LARGE)))
                .isEmpty();
        assertThat(verdicts.of(event)).isPresent();
        assertThat(verdicts.of(neighbour)).isEmpty();
        assertThat(verdicts.of(Events.event("of another history", "orders", "42", 100)))
                .isEmpty();
        verdicts.forget(new EventPosition(100, 0));
        assertThat(verdicts.of(event)).isPresent();
        verdicts.forget(new EventPosition(100, 1));
        assertThat(verdicts.isEmpty()).isTrue();
    }

    @Test
    void rememberATopicForSomeMinutes() {
        assertThat(verdicts.after(Events.refusal(event, PoisonKind.TOPIC_UNAUTHORISED)))
                .isEmpty();
        verdicts.forget(event.position());
        assertThat(verdicts.of(neighbour)).isPresent();
        now += Duration.ofMinutes(6).toNanos();
        assertThat(verdicts.of(neighbour)).isEmpty();
        assertThat(verdicts.isEmpty()).isTrue();
    }

    /** Otherwise a relay could start again and again without a pause. */
    @Test
    void helpOnlyOnce() {
        PoisonException refusal = Events.refusal(event, PoisonKind.RECORD_TOO_LARGE);
        assertThat(verdicts.after(refusal)).isEmpty();
        assertThat(verdicts.after(refusal)).contains(refusal);
    }

    @Test
    void leaveToTheRelayWhatIsToBeWaitedAt() {
        Verdicts waiting = new Verdicts(setting(PoisonReaction.RETRY), () -> now);
        PoisonException refusal = Events.refusal(event, PoisonKind.TOPIC_UNAUTHORISED);
        assertThat(waiting.after(refusal)).contains(refusal);
        assertThat(waiting.isEmpty()).isTrue();
        RelayException other = new RelayException(FailureKind.PROTOCOL, "something else");
        assertThat(waiting.after(other)).contains(other);
    }

    @Test
    void endTheRelayIfThatIsSet() {
        Verdicts stopping = new Verdicts(setting(PoisonReaction.STOP), () -> now);
        assertThat(stopping.after(Events.refusal(event, PoisonKind.TOPIC_UNAUTHORISED)))
                .hasValueSatisfying(failure -> assertThat(failure.kind()).isEqualTo(FailureKind.POISON_EVENT));
    }

    @Test
    void nameTheOwnTopicThatRefuses() {
        RoutedEvent letter = Events.event("a", "letters", "42", 100);
        assertThat(verdicts.after(Events.refusal(letter, PoisonKind.RECORD_TOO_LARGE)))
                .hasValueSatisfying(failure -> {
                    assertThat(failure.kind()).isEqualTo(FailureKind.EVENT_REFUSED);
                    assertThat(failure.hint()).contains("max.message.bytes of the topic letters");
                });
        assertThat(verdicts.isEmpty()).isTrue();
    }
}
