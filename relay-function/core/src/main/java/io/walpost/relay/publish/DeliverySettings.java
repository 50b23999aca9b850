package io.walpost.relay.publish;

import java.util.regex.Pattern;

/**
 * How events are delivered.
 *
 * @param progressTopic where exactly-once delivery keeps how far it has come
 */
public record DeliverySettings(Delivery delivery, String progressTopic) {

    /** What Kafka takes as the name of a topic. */
    private static final Pattern TOPIC = Pattern.compile("(?!\\.{1,2}$)[A-Za-z0-9._-]{1,249}");

    /** @throws IllegalArgumentException naming the setting that is wrong */
    public DeliverySettings {
        if (!TOPIC.matcher(progressTopic).matches()) {
            throw new IllegalArgumentException("walpost.relay.progress-topic: '" + progressTopic
                    + "' is no name of a topic: letters, digits, '.', '_' and '-', at most 249");
        }
    }

    /**
     * Makes publishers that deliver so.
     *
     * @param producer made for this {@link #delivery}
     * @param slot whose events they are
     */
    public PublisherFactory publishers(ProducerSettings producer, String slot) {
        return switch (delivery) {
            case AT_LEAST_ONCE -> KafkaEventPublisher.factory(producer);
            case EXACTLY_ONCE -> TransactionalEventPublisher.factory(producer, slot, progressTopic);
        };
    }
}
