package io.walpost.relay.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import io.walpost.relay.checkpoint.EventPosition;
import io.walpost.relay.checkpoint.WalHistory;
import io.walpost.relay.failure.FailureKind;
import io.walpost.relay.failure.PoisonException;
import io.walpost.relay.failure.PoisonKind;
import io.walpost.relay.failure.RelayException;
import io.walpost.relay.route.RoutedEvents;
import io.walpost.relay.testing.RealSystems;
import io.walpost.relay.testing.TopicReader;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** What every publisher does, on a real Kafka. */
@ParameterizedClass
@EnumSource
class EventPublisherContractTest {

    private final Delivery delivery;
    private final String topic = "contract-" + UUID.randomUUID();

    EventPublisherContractTest(Delivery delivery) {
        this.delivery = delivery;
    }

    private Publishing publisher(Map<String, String> properties) throws RelayException {
        return Publishing.with(delivery, properties, topic, "progress-" + topic, new WalHistory("1", 1));
    }

    @Test
    void acknowledgesEachEventOnceWhenItIsDurable() throws Exception {
        try (Publishing publishing = publisher(Map.of());
                TopicReader reader = TopicReader.ofCommitted(topic)) {
            for (int i = 0; i < 500; i++) {
                publishing.accept(topic, String.valueOf(i), 100 + i / 3, i % 3 + 1, i % 3 == 2 || i == 499);
            }
            await().atMost(Publishing.PATIENCE).until(() -> publishing.heard.acknowledged.size() == 500);
            assertThat(publishing.heard.acknowledged).doesNotHaveDuplicates();
            assertThat(publishing.heard.failed).isEmpty();
            assertThat(reader.until(500))
                    .extracting(TopicReader::value)
                    .isEqualTo(IntStream.range(0, 500).mapToObj(String::valueOf).toList());
        }
    }

    @Test
    void neverBlocksItsOwnerWhileTheBrokerIsFrozenAndForgetsNothing() throws Exception {
        try (Publishing publishing = publisher(Map.of());
                TopicReader reader = TopicReader.ofCommitted(topic)) {
            publishing.accept(topic, "before", 1);
            long longest = 0;
            RealSystems.kafka().pause();
            try {
                for (int i = 0; i < 2_000; i++) {
                    long start = System.nanoTime();
                    publishing.accept(topic, "meanwhile", 2 + i);
                    longest = Math.max(longest, System.nanoTime() - start);
                }
            } finally {
                RealSystems.kafka().resume();
            }
            // It would be a minute by the producer's own default; a collection may well take some of this.
            assertThat(Duration.ofNanos(longest)).isLessThan(Duration.ofSeconds(1));
            assertThat(reader.until(2_001)).hasSize(2_001);
        }
    }

    @Test
    void namesTheEventThatIsRefusedAndPublishesWhatIsBeforeItAndNothingBehind() throws Exception {
        RealSystems.kafka().createTopic(topic, 1);
        RealSystems.alterTopic(topic, "max.message.bytes", "10000");
        try (Publishing publishing = publisher(Map.of("compression.type", "none", "batch.size", "5000"));
                TopicReader reader = TopicReader.ofCommitted(topic, 1)) {
            publishing.accept(topic, "first", 1);
            long refused = publishing.accept(topic, "x".repeat(50_000), 2);
            assertThatExceptionOfType(RelayException.class)
                    .isThrownBy(() -> {
                        for (int i = 3; i < 1_000; i++) {
                            publishing.accept(topic, "later", i);
                        }
                        await().atMost(Publishing.PATIENCE).until(() -> !publishing.heard.failed.isEmpty());
                        publishing.accept(topic, "later", 1_000);
                    })
                    .withMessageContaining(topic)
                    .satisfies(failure -> assertThat(failure.kind()).isEqualTo(FailureKind.EVENT_REFUSED));
            assertThat(publishing.heard.failed).containsOnlyKeys(refused);
            assertThat(publishing.heard.acknowledged).containsExactly(0L);
            assertThat(reader.until(1)).extracting(TopicReader::value).containsExactly("first");
        }
    }

    /** Kafka refuses the whole batch, and says of most of its records only that they were in it. */
    @Test
    void namesTheEventsThatAreToBlameAndNotThoseThatShareTheirBatch() throws Exception {
        RealSystems.kafka().createTopic(topic, 1);
        Instant tooLate = Instant.now().plus(Duration.ofDays(30));
        try (Publishing publishing = publisher(Map.of("linger.ms", "500"))) {
            publishing.accept(topic, "first", 1, 1, false);
            publishing.accept(topic, "second", 1, 2, false);
            long refused = publishing.accept(
                    RoutedEvents.stamped(RoutedEvents.at(new EventPosition(1, 3), false, topic, "bad"), tooLate));
            publishing.accept(
                    RoutedEvents.stamped(RoutedEvents.at(new EventPosition(1, 4), false, topic, "worse"), tooLate));
            publishing.accept(topic, "last", 1, 5, true);
            await().atMost(Publishing.PATIENCE).until(() -> !publishing.heard.failed.isEmpty());
            assertThat(publishing.heard.failed).containsOnlyKeys(refused);
            assertThat(publishing.heard.failed.get(refused))
                    .isInstanceOfSatisfying(
                            PoisonException.class,
                            failure -> assertThat(failure.poison().kind()).isEqualTo(PoisonKind.UNROUTABLE));
            assertThat(publishing.heard.acknowledged).isEmpty();
        }
    }

    @Test
    void endsAtOnceWhenItIsClosedWhileTheBrokerIsFrozen() throws Exception {
        Publishing publishing = publisher(Map.of());
        publishing.accept(topic, "before", 1);
        await().atMost(Publishing.PATIENCE).until(() -> publishing.heard.acknowledged.size() == 1);
        RealSystems.kafka().pause();
        try {
            publishing.accept(topic, "meanwhile", 2);
            long start = System.nanoTime();
            publishing.close();
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(4));
        } finally {
            RealSystems.kafka().resume();
        }
        assertThat(Thread.getAllStackTraces().keySet())
                .noneMatch(thread -> thread.isAlive() && thread.getName().contains(topic));
    }

    /** As a relay is given up whose own thread hangs; what is on its way to the broker cannot be called back. */
    @Test
    void sendsNothingOnceAnotherThreadHasRevokedItsLicence() throws Exception {
        PublishingLicence licence = new PublishingLicence();
        PublisherFactory publishers = licence.publishers(Publishing.factory(
                delivery,
                Map.of("client.id", topic, "batch.size", "1000", "compression.type", "none"),
                topic,
                "progress-" + topic));
        int last = 500;
        try (TopicReader reader = TopicReader.ofCommitted(topic, 1)) {
            Publishing publishing = new Publishing(publishers, new WalHistory("1", 1));
            publishing.accept(topic, "before", 1);
            await().atMost(Publishing.PATIENCE).until(() -> publishing.heard.acknowledged.size() == 1);
            RealSystems.kafka().pause();
            try {
                for (int i = 2; i <= last; i++) {
                    publishing.accept(topic, "meanwhile " + i, i);
                }
                Thread other = Thread.ofPlatform().start(licence::revoke);
                assertThat(other.join(Publishing.PATIENCE)).isTrue();
                assertThat(Thread.getAllStackTraces().keySet())
                        .noneMatch(
                                thread -> thread.isAlive() && thread.getName().contains(topic));
            } finally {
                RealSystems.kafka().resume();
            }
            assertThatExceptionOfType(RelayException.class)
                    .isThrownBy(() -> new Publishing(publishers, new WalHistory("1", 1)))
                    .withMessageContaining("given up");
            try (Publishing next = publisher(Map.of())) {
                next.accept(topic, "after", last + 1);
                List<ConsumerRecord<byte[], byte[]>> records = reader.until(
                        read -> read.stream().anyMatch(record -> "after".equals(TopicReader.value(record))));
                assertThat(records)
                        .extracting(TopicReader::value)
                        .startsWith("before")
                        .doesNotContain("meanwhile " + last);
            }
        }
    }

    @Test
    void refusesToBeMadeWithoutABrokerThatHasAnAddress() {
        assertThatExceptionOfType(RelayException.class)
                .isThrownBy(() -> publisher(Map.of("bootstrap.servers", "no-such-host.invalid:9092")))
                .satisfies(failure -> assertThat(failure.kind()).isEqualTo(FailureKind.KAFKA_UNAVAILABLE));
    }
}
