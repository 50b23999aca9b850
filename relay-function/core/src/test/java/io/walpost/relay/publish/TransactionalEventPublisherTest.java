package io.walpost.relay.publish;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import io.walpost.relay.checkpoint.EventPosition;
import io.walpost.relay.checkpoint.WalHistory;
import io.walpost.relay.checkpoint.WalHistory.Ancestor;
import io.walpost.relay.failure.FailureKind;
import io.walpost.relay.failure.RelayException;
import io.walpost.relay.route.RecordHeaders;
import io.walpost.relay.route.RoutedEvent;
import io.walpost.relay.route.RoutedEvents;
import io.walpost.relay.testing.RealSystems;
import io.walpost.relay.testing.TopicReader;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is exactly-once about it, on a real Kafka. */
class TransactionalEventPublisherTest {

    private static final WalHistory HISTORY = new WalHistory("7", 1);

    private final String slot = "s" + UUID.randomUUID();
    private final String topic = "transactional-" + slot;
    private final String progressTopic = "progress-" + slot;
    private final TopicReader reader = TopicReader.ofCommitted(topic);

    @AfterEach
    void close() {
        reader.close();
    }

    private Publishing publisher() throws RelayException {
        return publisher(HISTORY);
    }

    private Publishing publisher(WalHistory history) throws RelayException {
        return Publishing.with(Delivery.EXACTLY_ONCE, Map.of(), slot, progressTopic, history);
    }

    private static void awaitAcknowledged(Publishing publishing, int count) {
        await().atMost(Publishing.PATIENCE).until(() -> publishing.heard.acknowledged.size() == count);
    }

    private List<String> values() {
        return reader.poll().stream().map(TopicReader::value).toList();
    }

    @Test
    void sendsNothingTwiceToWhomeverReadsWhatIsCommitted() throws Exception {
        try (Publishing first = publisher()) {
            first.accept(topic, "a", 100, 1, false);
            first.accept(topic, "b", 100, 2, true);
            awaitAcknowledged(first, 2);
        }
        try (Publishing second = publisher()) {
            second.accept(topic, "a", 100, 1, false);
            second.accept(topic, "b", 100, 2, true);
            awaitAcknowledged(second, 2);
            second.accept(topic, "c", 101);
            awaitAcknowledged(second, 3);
        }
        reader.until(3);
        assertThat(values()).containsExactly("a", "b", "c");
    }

    /** Otherwise it would wait for the next transaction, and the slot with it. */
    @Test
    void publishesARecordOfItsOwnInATransactionWhoseOtherEventsAreCommitted() throws Exception {
        try (Publishing first = publisher()) {
            first.accept(topic, "a", 100);
            awaitAcknowledged(first, 1);
        }
        try (Publishing second = publisher()) {
            RoutedEvent marker = RoutedEvent.own(
                    "of the relay",
                    topic,
                    "42".getBytes(UTF_8),
                    "own".getBytes(UTF_8),
                    new RecordHeaders(),
                    new EventPosition(100, 0),
                    false);
            second.accept(marker);
            second.accept(topic, "a", 100);
            awaitAcknowledged(second, 2);
        }
        reader.until(2);
        assertThat(values()).containsExactly("a", "own");
    }

    @Test
    void hasNothingOfATransactionSeenBeforeItsLastEvent() throws Exception {
        try (Publishing publishing = publisher()) {
            publishing.accept(topic, "before", 99);
            publishing.accept(topic, "a", 100, 1, false);
            publishing.accept(topic, "b", 100, 2, false);
            awaitAcknowledged(publishing, 1);
            await().atMost(Publishing.PATIENCE).until(publishing.publisher::awaitsMore);
            reader.until(1);
            assertThat(values()).containsExactly("before");
            publishing.accept(topic, "c", 100, 3, true);
            reader.until(4);
            assertThat(values()).containsExactly("before", "a", "b", "c");
        }
    }

    @Test
    void showsAPartOfATransactionWhenTheWindowIsFullOfItAndGoesOnBehindIt() throws Exception {
        try (Publishing publishing = publisher()) {
            publishing.accept(topic, "a", 100, 1, false);
            publishing.accept(topic, "b", 100, 2, false);
            await().atMost(Publishing.PATIENCE).until(() -> {
                publishing.publisher.windowFull();
                return publishing.heard.acknowledged.size() == 2;
            });
            publishing.accept(topic, "lost with its publisher", 100, 3, false);
        }
        try (Publishing next = publisher()) {
            for (int i = 1; i <= 4; i++) {
                next.accept(topic, "again " + i, 100, i, i == 4);
            }
            awaitAcknowledged(next, 4);
        }
        reader.until(4);
        assertThat(values()).containsExactly("a", "b", "again 3", "again 4");
    }

    @Test
    void endsTheOpenTransactionOfAProducerThatWasKilled() throws Exception {
        try (Publishing before = publisher()) {
            before.accept(topic, "before", 99);
            awaitAcknowledged(before, 1);
        }
        KafkaProducer<byte[], byte[]> killed = producer("walpost-" + slot + "-7");
        killed.initTransactions();
        killed.beginTransaction();
        killed.send(new ProducerRecord<>(topic, "sent and not committed".getBytes()))
                .get();
        try (Publishing next = publisher()) {
            next.accept(topic, "after", 100);
            reader.until(2);
            assertThat(values()).containsExactly("before", "after");
            assertThatExceptionOfType(KafkaException.class).isThrownBy(killed::commitTransaction);
        } finally {
            killed.close(Duration.ZERO);
        }
    }

    @Test
    void isFencedByTheNextPublisherOfTheSameSlot() throws Exception {
        try (Publishing first = publisher()) {
            first.accept(topic, "a", 100);
            awaitAcknowledged(first, 1);
            try (Publishing second = publisher()) {
                second.accept(topic, "a", 100);
                second.accept(topic, "b", 101);
                awaitAcknowledged(second, 2);
                first.accept(topic, "b", 101);
                await().atMost(Publishing.PATIENCE).until(() -> !first.heard.failed.isEmpty());
                assertThat(first.heard.failed.get(Acknowledgements.NO_EVENT).kind())
                        .isEqualTo(FailureKind.FENCED);
                second.accept(topic, "c", 102);
                awaitAcknowledged(second, 3);
            }
        }
        reader.until(3);
        assertThat(values()).containsExactly("a", "b", "c");
    }

    @Test
    void findsItsProgressBehindTheOpenTransactionOfAnotherRelay() throws Exception {
        KafkaProducer<byte[], byte[]> other = producer("another-" + slot);
        try (Publishing first = publisher()) {
            first.accept(topic, "a", 100);
            awaitAcknowledged(first, 1);
            other.initTransactions();
            other.beginTransaction();
            other.send(new ProducerRecord<>(progressTopic, 0, "another".getBytes(), "x".getBytes()))
                    .get();
            first.accept(topic, "b", 101);
            awaitAcknowledged(first, 2);
        }
        try (Publishing next = publisher()) {
            var repeated = RoutedEvents.at(new EventPosition(101, 1), true, topic, "b again");
            // Long enough for it to be ready if it did not wait.
            await().during(Duration.ofSeconds(3))
                    .atMost(Publishing.PATIENCE)
                    .until(() -> !next.publisher.offer(repeated, 0));
            other.commitTransaction();
            next.accept(topic, "b again", 101);
            next.accept(topic, "c", 102);
            awaitAcknowledged(next, 2);
        } finally {
            other.close();
        }
        reader.until(3);
        assertThat(values()).containsExactly("a", "b", "c");
    }

    @Test
    void publishesOnANewTimelineWhatTheStandbyDidNotHaveAndNothingElse() throws Exception {
        try (Publishing primary = publisher()) {
            primary.accept(topic, "shared", 70);
            primary.accept(topic, "only on the old primary", 100);
            awaitAcknowledged(primary, 2);
        }
        WalHistory promoted = new WalHistory("7", 2, List.of(new Ancestor(1, 80)), 120);
        try (Publishing standby = publisher(promoted)) {
            standby.accept(topic, "shared again", 70);
            standby.accept(topic, "first of the new timeline", 80);
            standby.accept(topic, "another at the same position", 100);
            awaitAcknowledged(standby, 3);
        }
        try (Publishing again = publisher(promoted)) {
            again.accept(topic, "again", 100);
            again.accept(topic, "last", 110);
            awaitAcknowledged(again, 2);
        }
        reader.until(5);
        assertThat(values())
                .containsExactly(
                        "shared",
                        "only on the old primary",
                        "first of the new timeline",
                        "another at the same position",
                        "last");
    }

    @Test
    void doesNotTrustAProgressThatTheLogHasNotReachedEvenAtTheSecondLook() throws Exception {
        try (Publishing first = publisher()) {
            first.accept(topic, "a", 100);
            awaitAcknowledged(first, 1);
        }
        WalHistory restored = new WalHistory("7", 1, List.of(), 90);
        PublisherFactory relay = Publishing.factory(Delivery.EXACTLY_ONCE, Map.of(), slot, progressTopic);
        try (Publishing looks = new Publishing(relay, restored)) {
            await().atMost(Publishing.PATIENCE).until(() -> !looks.heard.failed.isEmpty());
            assertThat(looks.heard.failed.get(Acknowledgements.NO_EVENT).kind()).isEqualTo(FailureKind.FENCED);
        }
        try (Publishing looksAgain = new Publishing(relay, restored)) {
            looksAgain.accept(topic, "after the restore", 60);
            awaitAcknowledged(looksAgain, 1);
        }
        reader.until(2);
        assertThat(values()).containsExactly("a", "after the restore");
    }

    /** It had opened its stream before the other relay published, and begins only now. */
    @Test
    void repeatsNothingWhenItBeginsLongAfterItsStreamWasOpened() throws Exception {
        try (Publishing other = publisher()) {
            other.accept(topic, "a", 100);
            awaitAcknowledged(other, 1);
        }
        PublisherFactory relay = Publishing.factory(Delivery.EXACTLY_ONCE, Map.of(), slot, progressTopic);
        try (Publishing late = new Publishing(relay, new WalHistory("7", 1, List.of(), 90))) {
            await().atMost(Publishing.PATIENCE).until(() -> !late.heard.failed.isEmpty());
        }
        try (Publishing next = new Publishing(relay, new WalHistory("7", 1, List.of(), 110))) {
            next.accept(topic, "a again", 100);
            next.accept(topic, "b", 101);
            awaitAcknowledged(next, 2);
        }
        reader.until(2);
        assertThat(values()).containsExactly("a", "b");
    }

    @Test
    void knowsNothingOfTheProgressOfAnotherCluster() throws Exception {
        try (Publishing first = publisher()) {
            first.accept(topic, "a", 100);
            awaitAcknowledged(first, 1);
        }
        try (Publishing other = publisher(new WalHistory("8", 1))) {
            other.accept(topic, "of another cluster", 50);
            awaitAcknowledged(other, 1);
        }
        reader.until(2);
        assertThat(values()).containsExactly("a", "of another cluster");
    }

    @Test
    void showsNothingOfATransactionWithARefusedEvent() throws Exception {
        RealSystems.alterTopic(topic, "max.message.bytes", "10000");
        try (Publishing publishing = Publishing.with(
                Delivery.EXACTLY_ONCE,
                Map.of("compression.type", "none", "batch.size", "5000"),
                slot,
                progressTopic,
                HISTORY)) {
            publishing.accept(topic, "before", 99);
            publishing.accept(topic, "a", 100, 1, false);
            long refused = publishing.accept(topic, "x".repeat(50_000), 100, 2, false);
            publishing.accept(topic, "c", 100, 3, true);
            await().atMost(Publishing.PATIENCE).until(() -> !publishing.heard.failed.isEmpty());
            assertThat(publishing.heard.failed).containsOnlyKeys(refused);
            assertThat(publishing.heard.failed.get(refused).kind()).isEqualTo(FailureKind.EVENT_REFUSED);
        }
        RealSystems.alterTopic(topic, "max.message.bytes", "1000000");
        try (Publishing next = publisher()) {
            next.accept(topic, "before again", 99);
            next.accept(topic, "now", 100, 1, true);
            awaitAcknowledged(next, 2);
        }
        reader.until(2);
        assertThat(values()).containsExactly("before", "now");
    }

    @Test
    void endsAtOnceWhenItIsClosedBeforeKafkaAnswered() throws Exception {
        RealSystems.kafka().pause();
        try {
            Publishing publishing = publisher();
            long start = System.nanoTime();
            publishing.close();
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(4));
        } finally {
            RealSystems.kafka().resume();
        }
        assertThat(Thread.getAllStackTraces().keySet())
                .noneMatch(thread -> thread.getName().contains(slot));
    }

    @Test
    void refusesAProgressTopicFromWhichRecordsAreRemoved() throws Exception {
        RealSystems.kafka().createTopic(progressTopic, 1);
        try (Publishing publishing = publisher()) {
            await().atMost(Publishing.PATIENCE).until(() -> !publishing.heard.failed.isEmpty());
            RelayException failure = publishing.heard.failed.get(Acknowledgements.NO_EVENT);
            assertThat(failure.kind()).isEqualTo(FailureKind.PRECONDITION);
            assertThat(failure)
                    .hasMessageContaining("cleanup.policy is 'delete'")
                    .hasMessageContaining("--topic " + progressTopic + " --add-config cleanup.policy=compact");
        }
    }

    private static KafkaProducer<byte[], byte[]> producer(String transactionalId) {
        return new KafkaProducer<>(
                Map.of(
                        "bootstrap.servers",
                        RealSystems.kafka().bootstrapServers(),
                        "transactional.id",
                        transactionalId),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }
}
