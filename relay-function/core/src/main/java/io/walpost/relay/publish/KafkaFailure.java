package io.walpost.relay.publish;

import io.walpost.relay.failure.FailureKind;
import io.walpost.relay.failure.RelayException;
import io.walpost.relay.route.RoutedEvent;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.TimeoutException;

/** What the producer's exceptions mean for the relay. */
final class KafkaFailure {

    private KafkaFailure() {}

    static RelayException of(String id, String topic, Exception cause) {
        return new RelayException(
                kindOf(cause),
                "Event " + id + " for topic " + topic + " was not published: " + withoutFullStop(cause.getMessage()),
                cause);
    }

    static RelayException of(RoutedEvent event, Exception cause) {
        return of(event.id(), event.topic(), cause);
    }

    static RelayException atStart(Exception cause) {
        FailureKind kind = cause instanceof ConfigException || cause.getCause() instanceof ConfigException
                ? FailureKind.CONFIGURATION
                : FailureKind.KAFKA_UNAVAILABLE;
        String detail = cause.getCause() == null ? "" : ": " + cause.getCause().getMessage();
        return new RelayException(kind, "The Kafka producer cannot be made: " + cause.getMessage() + detail, cause);
    }

    /** Kafka's messages are sentences, which ours go on from. */
    private static String withoutFullStop(String message) {
        return message != null && message.endsWith(".") ? message.substring(0, message.length() - 1) : message;
    }

    private static FailureKind kindOf(Throwable cause) {
        return switch (cause) {
            case TimeoutException timeout when timeout.getCause() != null -> kindOf(timeout.getCause());
            case RecordTooLargeException ignored -> FailureKind.EVENT_REFUSED;
            case InvalidTopicException ignored -> FailureKind.EVENT_REFUSED;
            case AuthorizationException ignored -> FailureKind.KAFKA_REFUSED;
            case AuthenticationException ignored -> FailureKind.KAFKA_REFUSED;
            case RetriableException ignored -> FailureKind.KAFKA_UNAVAILABLE;
            default -> FailureKind.KAFKA_REFUSED;
        };
    }
}
