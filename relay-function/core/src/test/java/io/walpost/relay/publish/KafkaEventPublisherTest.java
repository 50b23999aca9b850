package io.walpost.relay.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.walpost.relay.checkpoint.WalHistory;
import io.walpost.relay.failure.PoisonException;
import io.walpost.relay.failure.PoisonKind;
import io.walpost.relay.failure.RelayException;
import io.walpost.relay.route.RoutedEvents;
import io.walpost.relay.testing.RealSystems;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is this publisher's own, beyond {@link EventPublisherContractTest}. */
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
    void neverBlocksWhileTheBrokerIsFrozen() throws Exception {
        RealSystems.kafka().createTopic("publisher-frozen", 3);
        try (EventPublisher publisher = publisher(Map.of("buffer.memory", "1000000", "batch.size", "100000"))) {
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
    void refusesAtOnceWhatItsBufferCannotHold() throws Exception {
        RealSystems.kafka().createTopic("publisher-request", 1);
        try (EventPublisher publisher = publisher(Map.of("buffer.memory", "200000", "batch.size", "100000"))) {
            accept(publisher, "publisher-request", "first", 0);
            assertThatExceptionOfType(PoisonException.class)
                    .isThrownBy(() -> publisher.offer(RoutedEvents.of("publisher-request", "x".repeat(250_000)), 1))
                    .withMessageContaining("publisher-request")
                    .satisfies(failure -> assertThat(failure.poison().kind()).isEqualTo(PoisonKind.RECORD_TOO_LARGE));
        }
    }

    @Test
    void namesTheEventThatKafkaTakesNoTopicFor() throws Exception {
        try (EventPublisher publisher = publisher(Map.of())) {
            assertThatExceptionOfType(PoisonException.class)
                    .isThrownBy(() -> accept(publisher, "not a topic", "first", 0))
                    .satisfies(failure -> {
                        assertThat(failure.poison().kind()).isEqualTo(PoisonKind.TOPIC_INVALID);
                        assertThat(failure.poison().topic()).isEqualTo("not a topic");
                    });
        }
    }
}
