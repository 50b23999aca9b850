package io.walpost.consumer.runtime.kafka;

import io.walpost.consumer.DeadLetterException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.RetriableException;

/** What can be done about it when Kafka does not take a dead letter. */
final class Refusal {

    private Refusal() {}

    static DeadLetterException of(String topic, Throwable thrown) {
        // "Failed to construct kafka producer", and why.
        Throwable refused = thrown.getCause() instanceof KafkaException cause ? cause : thrown;
        String name = refused.getClass().getSimpleName();
        String message = refused instanceof KafkaException && refused.getMessage() != null
                ? name + ": " + refused.getMessage()
                : name;
        return new DeadLetterException(message, hint(topic, refused), refused);
    }

    private static String hint(String topic, Throwable refused) {
        return switch (refused) {
            case AuthenticationException e -> "correct the consumer's credentials for Kafka";
            case AuthorizationException e -> "grant the consumer WRITE on the topic '" + topic + "'";
            case InvalidTopicException e -> "correct walpost.consumer.dead-letters.topic: '" + topic + "'";
            case RecordTooLargeException e -> "raise max.message.bytes of the topic '" + topic + "'";
            case RetriableException e ->
                "bring Kafka back, and see that the topic '" + topic + "' exists and has a leader";
            default -> "see the log of the broker, and the settings of the topic '" + topic + "'";
        };
    }
}
