package io.walpost.relay.publish;

import static org.assertj.core.api.Assertions.assertThat;

import io.walpost.relay.failure.FailureKind;
import io.walpost.relay.failure.PoisonException;
import io.walpost.relay.failure.PoisonKind;
import io.walpost.relay.failure.RelayException;
import io.walpost.relay.route.RoutedEvent;
import io.walpost.relay.route.RoutedEvents;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.kafka.common.InvalidRecordException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.ClusterAuthorizationException;
import org.apache.kafka.common.errors.InvalidTimestampException;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.errors.NetworkException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class KafkaFailureTest {

    private final RoutedEvent event = RoutedEvents.of("orders", "secret");

    static Stream<Arguments> poison() {
        return Stream.of(
                Arguments.of(new RecordTooLargeException("too large"), PoisonKind.RECORD_TOO_LARGE),
                Arguments.of(new InvalidTopicException(Set.of("orders")), PoisonKind.TOPIC_INVALID),
                Arguments.of(new InvalidTimestampException("too late"), PoisonKind.UNROUTABLE),
                Arguments.of(new InvalidRecordException("too late"), PoisonKind.UNROUTABLE),
                Arguments.of(new TopicAuthorizationException(Set.of("orders")), PoisonKind.TOPIC_UNAUTHORISED),
                // As the producer reports it when it may not even know the topic.
                Arguments.of(
                        new TimeoutException("no metadata", new TopicAuthorizationException(Set.of("orders"))),
                        PoisonKind.TOPIC_UNAUTHORISED));
    }

    @ParameterizedTest
    @MethodSource("poison")
    void namesTheEventThatIsToBlame(Exception cause, PoisonKind kind) {
        assertThat(KafkaFailure.of(event, cause))
                .isInstanceOfSatisfying(PoisonException.class, failure -> {
                    assertThat(failure.poison().kind()).isEqualTo(kind);
                    assertThat(failure.poison().eventId()).isEqualTo(event.id());
                    assertThat(failure.poison().topic()).isEqualTo("orders");
                    assertThat(failure.poison().position()).isEqualTo(event.position());
                    assertThat(failure.hint()).isEqualTo(kind.hint());
                })
                .hasMessageNotContaining("secret");
    }

    /** A transaction that may not write to one topic fails with all events that wait in it. */
    @Test
    void tellsADeniedTopicFromThoseOfTheSameTransaction() {
        assertThat(KafkaFailure.isOfAnother("orders", new TopicAuthorizationException(Set.of("others"))))
                .isTrue();
        assertThat(KafkaFailure.isOfAnother("orders", new TopicAuthorizationException(Set.of("orders", "others"))))
                .isFalse();
        assertThat(KafkaFailure.isOfAnother("orders", new TopicAuthorizationException("denied")))
                .isFalse();
        assertThat(KafkaFailure.isOfAnother("orders", new KafkaException("Producer is closed forcefully.")))
                .isFalse();
    }

    static Stream<Arguments> others() {
        return Stream.of(
                Arguments.of(new NetworkException("gone"), FailureKind.KAFKA_UNAVAILABLE),
                Arguments.of(new SaslAuthenticationException("who?"), FailureKind.KAFKA_REFUSED),
                Arguments.of(new ClusterAuthorizationException("no"), FailureKind.KAFKA_REFUSED));
    }

    @ParameterizedTest
    @MethodSource("others")
    void blamesNoEventForWhatMeetsAll(Exception cause, FailureKind kind) {
        RelayException failure = KafkaFailure.of(event, cause);
        assertThat(failure).isNotInstanceOf(PoisonException.class);
        assertThat(failure.kind()).isEqualTo(kind);
    }
}
