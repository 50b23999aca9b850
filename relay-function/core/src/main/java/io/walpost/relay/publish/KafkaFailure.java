package io.walpost.relay.publish;

import io.walpost.relay.checkpoint.EventPosition;
import io.walpost.relay.failure.FailureKind;
import io.walpost.relay.failure.PoisonException;
import io.walpost.relay.failure.PoisonException.Poison;
import io.walpost.relay.failure.PoisonKind;
import io.walpost.relay.failure.RelayException;
import io.walpost.relay.route.RoutedEvent;
import java.util.Optional;
import javax.security.auth.login.LoginException;
import org.apache.kafka.common.InvalidRecordException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.InvalidPidMappingException;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.InvalidTimestampException;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.errors.InvalidTxnTimeoutException;
import org.apache.kafka.common.errors.OutOfOrderSequenceException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.TransactionAbortableException;

/** What the producer's exceptions mean for the relay. */
public final class KafkaFailure {

    /** As the producer's {@code Sender} says it of the innocent records of a batch. */
    private static final String OF_ITS_BATCH = "Failed to append record because it was part of a batch";

    private KafkaFailure() {}

    /** What became of an event, without holding on to its payload. */
    static RelayException of(String id, String topic, EventPosition position, Exception cause) {
        String why = withoutFullStop(cause.getMessage());
        String message = "Event " + id + " for topic " + topic + " was not published: " + why;
        return poisonOf(cause)
                .<RelayException>map(
                        kind -> new PoisonException(new Poison(kind, id, topic, position, why), message, cause))
                .orElseGet(() -> new RelayException(kindOf(cause), message, cause));
    }

    /** What kept something from being done that is about no event. */
    public static RelayException of(String what, Exception cause) {
        return new RelayException(kindOf(cause), what + ": " + withoutFullStop(cause.getMessage()), cause);
    }

    static RelayException of(RoutedEvent event, Exception cause) {
        return of(event.id(), event.topic(), event.position(), cause);
    }

    /**
     * Whether it is said of this event only because it shares a batch, or a transaction, with one that is to blame. That
     * one has a callback of its own, with the cause.
     */
    static boolean isOfAnother(String topic, Exception cause) {
        return switch (cause) {
            case TopicAuthorizationException denied ->
                !denied.unauthorizedTopics().isEmpty()
                        && !denied.unauthorizedTopics().contains(topic);
            // Kafka has no type for it.
            case KafkaException generic
            when generic.getClass() == KafkaException.class ->
                generic.getMessage() != null && generic.getMessage().startsWith(OF_ITS_BATCH);
            default -> false;
        };
    }

    /** Only what Kafka says about this event or its topic: no other event is to blame for the rest. */
    private static Optional<PoisonKind> poisonOf(Throwable cause) {
        return switch (cause) {
            case TimeoutException timeout when timeout.getCause() != null -> poisonOf(timeout.getCause());
            case RecordTooLargeException ignored -> Optional.of(PoisonKind.RECORD_TOO_LARGE);
            case InvalidTopicException ignored -> Optional.of(PoisonKind.TOPIC_INVALID);
            case InvalidTimestampException ignored -> Optional.of(PoisonKind.UNROUTABLE);
            // What becomes of that if several records of a batch have one.
            case InvalidRecordException ignored -> Optional.of(PoisonKind.UNROUTABLE);
            case TopicAuthorizationException ignored -> Optional.of(PoisonKind.TOPIC_UNAUTHORISED);
            default -> Optional.empty();
        };
    }

    /**
     * What kept the producer from being made. Its properties were checked before, so a complaint about them now is about
     * the world: no broker's name can be resolved. A login may fail for a while too. The rest, such as a key store that
     * cannot be read, is for a person.
     */
    static RelayException atStart(KafkaException failure) {
        Throwable cause = failure.getCause() == null ? failure : failure.getCause();
        FailureKind kind =
                switch (cause) {
                    case ConfigException ignored -> FailureKind.KAFKA_UNAVAILABLE;
                    case LoginException ignored -> FailureKind.KAFKA_REFUSED;
                    default -> FailureKind.CONFIGURATION;
                };
        return new RelayException(
                kind, "The Kafka producer cannot be made: " + withoutFullStop(cause.getMessage()), failure);
    }

    /** Kafka's messages are sentences, which ours go on from. */
    private static String withoutFullStop(String message) {
        return message != null && message.endsWith(".") ? message.substring(0, message.length() - 1) : message;
    }

    static FailureKind kindOf(Throwable cause) {
        return switch (cause) {
            case TimeoutException timeout when timeout.getCause() != null -> kindOf(timeout.getCause());
            // "Cannot execute transactional method because we are in an error state", and why.
            case KafkaException wrapper
            when wrapper.getClass() == KafkaException.class && wrapper.getCause() != null -> kindOf(wrapper.getCause());
            case ProducerFencedException ignored -> FailureKind.FENCED;
            case InvalidProducerEpochException ignored -> FailureKind.FENCED;
            case TransactionAbortableException ignored -> FailureKind.KAFKA_UNAVAILABLE;
            case OutOfOrderSequenceException ignored -> FailureKind.KAFKA_UNAVAILABLE;
            case InvalidPidMappingException ignored -> FailureKind.KAFKA_UNAVAILABLE;
            case InvalidTxnTimeoutException ignored -> FailureKind.CONFIGURATION;
            case AuthorizationException ignored -> FailureKind.KAFKA_REFUSED;
            case AuthenticationException ignored -> FailureKind.KAFKA_REFUSED;
            case RetriableException ignored -> FailureKind.KAFKA_UNAVAILABLE;
            default -> FailureKind.KAFKA_REFUSED;
        };
    }
}
