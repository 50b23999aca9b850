package io.walpost.relay.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import io.walpost.relay.checkpoint.WalHistory;
import io.walpost.relay.failure.FailureKind;
import io.walpost.relay.failure.RelayException;
import io.walpost.relay.route.RoutedEvents;
import io.walpost.relay.testing.RealSystems;
import io.walpost.relay.testing.TopicReader;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** The publisher's contract, on a real Kafka. */
class KafkaEventPublisherTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Heard heard = new Heard();

    private EventPublisher publisher(Map<String, String> properties) throws RelayException {
        Map<String, String> all = new HashMap<>(properties);
        all.put("bootstrap.servers", RealSystems.kafka().bootstrapServers());
        return KafkaEventPublisher.factory(ProducerSettings.of(all)).create(WalHistory.UNKNOWN, heard);
    }

    private static void accept(EventPublisher publisher, String topic, String value, long sequence)
            throws RelayException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!publisher.offer(RoutedEvents.of(topic, value), sequence)) {
            assertThat(System.nanoTime()).isLessThan(deadline);
        }
    }

    @Test
    void acknowledgesEachEventOnceWhenItIsDurable() throws Exception {
        try (EventPublisher publisher = publisher(Map.of());
                TopicReader reader = new TopicReader("publisher-durable")) {
            for (int i = 0; i < 500; i++) {
                accept(publisher, "publisher-durable", String.valueOf(i), i);
            }
            await().atMost(PATIENCE).until(() -> heard.acknowledged.size() == 500);
            assertThat(heard.acknowledged).doesNotHaveDuplicates();
            assertThat(reader.until(500)).hasSize(500);
            assertThat(heard.failed).isEmpty();
        }
    }

    @Test
    void neverBlocksWhileTheBrokerIsFrozen() throws Exception {
        RealSystems.kafka().createTopic("publisher-frozen", 3);
        try (EventPublisher publisher = publisher(Map.of("buffer.memory", "1000000"))) {
            accept(publisher, "publisher-frozen", "before", 0);
            RealSystems.kafka().pause();
            try {
                long longest = 0;
                int accepted = 0;
                boolean full = false;
                while (!full) {
                    long start = System.nanoTime();
                    full = !publisher.offer(RoutedEvents.of("publisher-frozen", "x".repeat(1_000)), 1 + accepted++);
                    longest = Math.max(longest, System.nanoTime() - start);
                }
                // It would be a minute by the producer's own default; a collection may well take some of this.
                assertThat(Duration.ofNanos(longest)).isLessThan(Duration.ofSeconds(1));
                assertThat(accepted).isGreaterThan(100);
            } finally {
                RealSystems.kafka().resume();
            }
        }
    }

    @Test
    void sendsNothingAfterAnEventThatIsRefused() throws Exception {
        RealSystems.kafka().createTopic("publisher-small", 1);
        RealSystems.alterTopic("publisher-small", "max.message.bytes", "10000");
        try (EventPublisher publisher = publisher(Map.of("compression.type", "none", "batch.size", "5000"));
                TopicReader reader = new TopicReader("publisher-small", 1)) {
            accept(publisher, "publisher-small", "first", 0);
            accept(publisher, "publisher-small", "x".repeat(50_000), 1);
            assertThatExceptionOfType(RelayException.class)
                    .isThrownBy(() -> {
                        for (int i = 2; i < 1_000_000; i++) {
                            accept(publisher, "publisher-small", "later", i);
                        }
                    })
                    .satisfies(failure -> assertThat(failure.kind()).isEqualTo(FailureKind.EVENT_REFUSED));
            assertThat(heard.failed).hasSize(1);
            assertThat(heard.acknowledged).containsExactly(0L);
            assertThat(reader.until(1)).extracting(TopicReader::value).containsExactly("first");
        }
    }

    @Test
    void refusesAtOnceWhatIsLargerThanARequest() throws Exception {
        RealSystems.kafka().createTopic("publisher-request", 1);
        try (EventPublisher publisher = publisher(Map.of("max.request.size", "10000"))) {
            accept(publisher, "publisher-request", "first", 0);
            assertThatExceptionOfType(RelayException.class)
                    .isThrownBy(() -> publisher.offer(RoutedEvents.of("publisher-request", "x".repeat(20_000)), 1))
                    .withMessageContaining("publisher-request")
                    .satisfies(failure -> assertThat(failure.kind()).isEqualTo(FailureKind.EVENT_REFUSED));
        }
    }

    @Test
    void refusesToBeMadeWithoutABrokerThatHasAnAddress() {
        assertThatExceptionOfType(RelayException.class)
                .isThrownBy(() -> KafkaEventPublisher.factory(
                                ProducerSettings.of(Map.of("bootstrap.servers", "no-such-host.invalid:9092")))
                        .create(WalHistory.UNKNOWN, heard))
                .satisfies(failure -> assertThat(failure.kind()).isEqualTo(FailureKind.KAFKA_UNAVAILABLE));
    }

    private static final class Heard implements Acknowledgements {
        private final List<Long> acknowledged = new CopyOnWriteArrayList<>();
        private final List<RelayException> failed = new CopyOnWriteArrayList<>();

        @Override
        public void acknowledged(long sequence) {
            acknowledged.add(sequence);
        }

        @Override
        public void failed(long sequence, RelayException cause) {
            failed.add(cause);
        }
    }
}
