package io.walpost.relay.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.walpost.relay.checkpoint.WalHistory;
import io.walpost.relay.route.RoutedEvents;
import io.walpost.relay.testing.RealSystems;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is beyond {@link KafkaEventPublisherTest}. */
class ReadyPublishersTest {

    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private static ReadyPublishers publishers(String topic) {
        ProducerSettings settings = ProducerSettings.of(
                Map.of("bootstrap.servers", RealSystems.kafka().bootstrapServers()));
        return new ReadyPublishers(settings, topic::equals);
    }

    @Test
    void takesTheFirstEventAtOnce() throws Exception {
        RealSystems.kafka().createTopic("ready", 3);
        Heard heard = new Heard();
        try (ReadyPublishers publishers = publishers("ready")) {
            await().atMost(PATIENCE).until(publishers::isReady);
            try (EventPublisher publisher = publishers.create(WalHistory.UNKNOWN, heard)) {
                assertThat(publisher.offer(RoutedEvents.of("ready", "first"), 0))
                        .as("without waiting for the topic's metadata")
                        .isTrue();
                await().atMost(PATIENCE).until(() -> heard.acknowledged.equals(List.of(0L)));
            }
        }
    }

    @Test
    void makesFurtherPublishersAndThoseThatAreNotWaitedFor() throws Exception {
        RealSystems.kafka().createTopic("ready-again", 1);
        try (ReadyPublishers publishers = publishers("ready-again")) {
            for (int session = 0; session < 2; session++) {
                Heard heard = new Heard();
                try (EventPublisher publisher = publishers.create(WalHistory.UNKNOWN, heard)) {
                    await().atMost(PATIENCE).until(() -> publisher.offer(RoutedEvents.of("ready-again", "event"), 0));
                    await().atMost(PATIENCE).until(() -> heard.acknowledged.size() == 1);
                }
            }
        }
    }

    @Test
    void leavesNoProducerBehindThatNobodyTook() throws Exception {
        long before = producers();
        publishers("none").close();
        await().atMost(PATIENCE).until(() -> producers() == before);
    }

    private static long producers() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("kafka-producer-network-thread"))
                .count();
    }
}
