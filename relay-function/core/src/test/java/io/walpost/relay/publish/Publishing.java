package io.walpost.relay.publish;

import static org.assertj.core.api.Assertions.assertThat;

import io.walpost.relay.checkpoint.EventPosition;
import io.walpost.relay.checkpoint.WalHistory;
import io.walpost.relay.failure.RelayException;
import io.walpost.relay.route.RoutedEvent;
import io.walpost.relay.route.RoutedEvents;
import io.walpost.relay.testing.RealSystems;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/** A publisher to the real Kafka, and what it says. */
final class Publishing implements AutoCloseable {

    static final Duration PATIENCE = Duration.ofSeconds(30);

    final Heard heard = new Heard();
    final EventPublisher publisher;
    private long sequence;

    /** One of the publishers that a relay makes, one after the other. */
    Publishing(PublisherFactory factory, WalHistory history) throws RelayException {
        publisher = factory.create(history, heard);
    }

    static PublisherFactory factory(
            Delivery delivery, Map<String, String> properties, String slot, String progressTopic) {
        Map<String, String> all = new HashMap<>(properties);
        all.putIfAbsent("bootstrap.servers", RealSystems.kafka().bootstrapServers());
        return new DeliverySettings(delivery, progressTopic).publishers(ProducerSettings.of(all, delivery), slot);
    }

    /** The publisher of a relay that has just been started. */
    static Publishing with(
            Delivery delivery, Map<String, String> properties, String slot, String progressTopic, WalHistory history)
            throws RelayException {
        return new Publishing(factory(delivery, properties, slot, progressTopic), history);
    }

    /** Offers an event until it is taken. Returns its sequence. */
    long accept(String topic, String value, long commitLsn, int order, boolean last) throws RelayException {
        return accept(RoutedEvents.at(new EventPosition(commitLsn, order), last, topic, value));
    }

    /** Offers a record until it is taken. Returns its sequence. */
    long accept(RoutedEvent event) throws RelayException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!publisher.offer(event, sequence)) {
            assertThat(System.nanoTime()).isLessThan(deadline);
            LockSupport.parkNanos(1_000_000);
        }
        return sequence++;
    }

    /** A database transaction of one event. */
    long accept(String topic, String value, long commitLsn) throws RelayException {
        return accept(topic, value, commitLsn, 1, true);
    }

    @Override
    public void close() {
        publisher.close();
    }
}
