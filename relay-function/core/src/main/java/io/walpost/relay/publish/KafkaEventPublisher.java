package io.walpost.relay.publish;

import io.walpost.relay.checkpoint.EventPosition;
import io.walpost.relay.failure.RelayException;
import io.walpost.relay.route.RoutedEvent;
import java.time.Duration;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Publishes with Kafka's idempotent producer.
 *
 * <p>The producer is told to block for no time ({@code max.block.ms=0}). Where it would have waited, for room in its
 * buffer or for a topic's metadata, it reports a {@link TimeoutException} to the callback on the calling thread, and
 * goes on fetching metadata in the background; that is how {@link #offer} knows to answer false.
 *
 * <p>When an event is refused for good, the producer is closed on its own thread, within the callback that reports it:
 * with one request in flight, no later event of the same partition has left by then, and none does afterwards.
 */
public final class KafkaEventPublisher implements EventPublisher {

    private final Producer<byte[], byte[]> producer;
    private final Acknowledgements acknowledgements;

    /** The first event that was refused for good; after it, nothing is sent. Written by the producer's own thread. */
    private volatile RelayException failure;

    /** Set while {@code send} runs: a callback that finds it set comes from the calling thread. Owner thread only. */
    private Delivery sending;

    private KafkaEventPublisher(Producer<byte[], byte[]> producer, Acknowledgements acknowledgements) {
        this.producer = producer;
        this.acknowledgements = acknowledgements;
    }

    /** Makes publishers with these settings. */
    public static PublisherFactory factory(ProducerSettings settings) {
        return (history, acknowledgements) -> with(producer(settings), acknowledgements);
    }

    /** A publisher that owns a producer of {@link #producer}. */
    static EventPublisher with(Producer<byte[], byte[]> producer, Acknowledgements acknowledgements) {
        return new KafkaEventPublisher(producer, acknowledgements);
    }

    static Producer<byte[], byte[]> producer(ProducerSettings settings) throws RelayException {
        try {
            return new KafkaProducer<>(settings.properties(), new ByteArraySerializer(), new ByteArraySerializer());
        } catch (KafkaException e) {
            throw KafkaFailure.atStart(e);
        }
    }

    @Override
    public boolean offer(RoutedEvent event, long sequence) throws RelayException {
        Delivery delivery = new Delivery(event, sequence);
        sending = delivery;
        try {
            producer.send(record(event), delivery);
        } catch (KafkaException | IllegalStateException e) {
            RelayException earlier = failure;
            throw earlier == null ? KafkaFailure.of(event, e) : earlier;
        } finally {
            sending = null;
        }
        if (delivery.refusal == null) {
            return true;
        }
        if (delivery.refusal instanceof TimeoutException && !isDenied(delivery.refusal.getCause())) {
            return false;
        }
        throw KafkaFailure.of(event, delivery.refusal);
    }

    /** Metadata that the broker denies is reported as a time-out too, with the denial as its cause. */
    private static boolean isDenied(Throwable cause) {
        return cause instanceof AuthorizationException || cause instanceof InvalidTopicException;
    }

    static ProducerRecord<byte[], byte[]> record(RoutedEvent event) {
        Long timestamp = event.timestamp() == RoutedEvent.NO_TIMESTAMP ? null : event.timestamp();
        ProducerRecord<byte[], byte[]> record =
                new ProducerRecord<>(event.topic(), null, timestamp, event.key(), event.value());
        event.headers().forEach(record.headers()::add);
        return record;
    }

    @Override
    public void close() {
        producer.close(Duration.ZERO);
    }

    /** Waits for the outcome of one event without holding on to its payload. */
    private final class Delivery implements Callback {
        private final String id;
        private final String topic;
        private final EventPosition position;
        private final long sequence;
        private final Thread owner = Thread.currentThread();
        private Exception refusal;

        Delivery(RoutedEvent event, long sequence) {
            this.id = event.id();
            this.topic = event.topic();
            this.position = event.position();
            this.sequence = sequence;
        }

        @Override
        public void onCompletion(RecordMetadata metadata, Exception cause) {
            if (cause == null) {
                acknowledgements.acknowledged(sequence);
            } else if (Thread.currentThread() == owner && sending == this) {
                refusal = cause;
            } else if (failure == null && !KafkaFailure.isOfAnother(topic, cause)) {
                failure = KafkaFailure.of(id, topic, position, cause);
                acknowledgements.failed(sequence, failure);
                producer.close(Duration.ZERO);
            }
        }
    }
}
