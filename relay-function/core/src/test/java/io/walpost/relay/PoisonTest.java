package io.walpost.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.walpost.relay.failure.FailureKind;
import io.walpost.relay.failure.PoisonException;
import io.walpost.relay.failure.PoisonException.Poison;
import io.walpost.relay.failure.PoisonKind;
import io.walpost.relay.failure.PoisonReaction;
import io.walpost.relay.failure.RelayException;
import io.walpost.relay.poison.ParkedKey;
import io.walpost.relay.poison.PoisonPolicy;
import io.walpost.relay.publish.EventPublisher;
import io.walpost.relay.publish.parked.ParkedKeyAdmin;
import io.walpost.relay.publish.parked.ReleaseOutcome;
import io.walpost.relay.route.RoutedEvent;
import io.walpost.relay.testing.OutboxDatabase;
import io.walpost.relay.testing.RealSystems;
import io.walpost.relay.testing.RunningRelay;
import io.walpost.relay.testing.TopicReader;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Events that cannot be published, from the database to the dead letters. */
class PoisonTest {

    private static final Duration PATIENCE = Duration.ofSeconds(40);
    private static final long SEED = 20_261_120;
    private static final int THREE_MEGABYTES = 3 << 20;

    private OutboxDatabase database;
    private String type;
    private TopicReader topic;
    private TopicReader letters;
    private PoisonPolicy policy;

    @BeforeEach
    void prepare() {
        database = OutboxDatabase.prepared();
        type = "Poison-" + database.name();
        topic = new TopicReader("outbox.event." + type);
        policy = policy(Map.of(), 16 << 20);
        letters = new TopicReader(policy.deadLetterTopic());
    }

    @AfterEach
    void close() {
        topic.close();
        letters.close();
        database.close();
    }

    private PoisonPolicy policy(Map<PoisonKind, PoisonReaction> different, int maxEventBytes) {
        Map<PoisonKind, PoisonReaction> reactions =
                new EnumMap<>(PoisonPolicy.of(1).reactions());
        reactions.putAll(different);
        return new PoisonPolicy(
                reactions, "dead-letter." + database.name(), "parked." + database.name(), maxEventBytes);
    }

    private RunningRelay relay() {
        return RunningRelay.on(database, policy, UnaryOperator.identity());
    }

    private static String incompressible(int length) {
        Random random = new Random(SEED);
        return random.ints(length, 'a', 'z' + 1)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    /** First arrivals: what was in flight when Kafka refused an event may come twice. */
    private static List<String> ofKey(List<ConsumerRecord<byte[], byte[]>> records, String key) {
        return records.stream()
                .filter(record -> new String(record.key()).equals(key))
                .map(TopicReader::value)
                .distinct()
                .toList();
    }

    private static List<String> numbered(String what, int from, int to) {
        return IntStream.range(from, to).mapToObj(i -> what + i).toList();
    }

    @Test
    void parksTheKeyOfARecordThatTheBrokerRefusesAsTooLarge() throws Exception {
        RealSystems.alterTopic("outbox.event." + type, "max.message.bytes", "1000000");
        letBeLarge(policy.deadLetterTopic());
        String big = incompressible(THREE_MEGABYTES);
        try (var relay = relay()) {
            parksBehind(relay, big);
        }
    }

    @Test
    void parksTheKeyOfARecordThatIsTooLargeForTheRelay() throws Exception {
        policy = policy(Map.of(), 1 << 20);
        letBeLarge(policy.deadLetterTopic());
        String big = incompressible(THREE_MEGABYTES);
        try (var relay = relay()) {
            parksBehind(relay, big);
            assertThat(relay.metrics().reconnects()).isZero();
        }
    }

    private void parksBehind(RunningRelay relay, String big) throws Exception {
        for (int i = 0; i < 20; i++) {
            database.publish(type, "bad", "bad " + i);
            database.publish(type, "good", "good " + i);
            if (i == 9) {
                database.publish(type, "bad", big);
            }
        }
        letters.until(11);
        // Some may come twice.
        topic.until(records ->
                ofKey(records, "bad").size() == 10 && ofKey(records, "good").size() == 20);
        await().atMost(PATIENCE).until(() -> relay.metrics().isCaughtUp());
        assertThat(ofKey(topic.poll(), "bad")).isEqualTo(numbered("bad ", 0, 10));
        assertThat(ofKey(topic.poll(), "good")).isEqualTo(numbered("good ", 0, 20));
        List<ConsumerRecord<byte[], byte[]>> dead = letters.poll();
        assertThat(TopicReader.value(dead.getFirst())).isEqualTo(big);
        assertThat(ofKey(dead, "bad").subList(1, 11)).isEqualTo(numbered("bad ", 10, 20));
        assertThat(TopicReader.header(dead.getFirst(), "dead-letter-kind")).isEqualTo("record-too-large");
        assertThat(TopicReader.header(dead.getFirst(), "dead-letter-topic")).isEqualTo("outbox.event." + type);
        assertThat(TopicReader.header(dead.getFirst(), "dead-letter-reason")).startsWith("record-too-large: ");
        assertThat(TopicReader.header(dead.getFirst(), "walpost-lsn")).isNotNull();
        assertThat(TopicReader.header(dead.getFirst(), "walpost-tx-order")).isEqualTo("1");
        String first = TopicReader.header(dead.getFirst(), "id");
        assertThat(dead.subList(1, 11)).allSatisfy(letter -> {
            assertThat(TopicReader.header(letter, "dead-letter-kind")).isEqualTo("follows-parked");
            assertThat(TopicReader.header(letter, "dead-letter-follows")).isEqualTo(first);
        });
        assertThat(relay.metrics().parkedKeys()).isEqualTo(1);
        assertThat(relay.metrics().deadLetters("record-too-large")).isEqualTo(1);
        assertThat(relay.metrics().deadLetters("follows-parked")).isEqualTo(10);
    }

    @Test
    void keepsAKeyParkedOverARestartAndReleasesItInOrder() throws Exception {
        policy = policy(Map.of(), 100_000);
        letBeLarge(policy.deadLetterTopic());
        String big = incompressible(200_000);
        try (var relay = relay()) {
            database.publish(type, "bad", "bad 0");
            database.publish(type, "bad", big);
            database.publish(type, "bad", "bad 1");
            letters.until(2);
            await().atMost(PATIENCE).until(() -> relay.metrics().parkedKeys() == 1);
        }
        await().atMost(PATIENCE).until(() -> database.walsender() == null);
        try (var relay = relay().streaming()) {
            database.publish(type, "bad", "bad 2");
            database.publish(type, "good", "good");
            letters.until(3);
            topic.until(2);
            assertThat(relay.metrics().deadLetters("follows-parked")).isEqualTo(1);

            ParkedKeyAdmin admin = admin();
            assertThat(admin.parked()).singleElement().satisfies(status -> {
                assertThat(status.key().topic()).isEqualTo("outbox.event." + type);
                assertThat(status.key().keyText()).isEqualTo("bad");
                assertThat(status.letters()).isEqualTo(3);
                assertThat(status.parking().kind()).isEqualTo("record-too-large");
                assertThat(status.parking().since()).isBefore(Instant.now());
            });
            // The command's own producer has no such limit, so the event can be published now.
            assertThat(admin.release(status -> true, Set.of(), PATIENCE))
                    .singleElement()
                    .isEqualTo(new ReleaseOutcome.Released(ParkedKey.of("outbox.event." + type, "bad".getBytes()), 3));
            database.publish(type, "bad", "bad 3");
            topic.until(6);
            assertThat(ofKey(topic.poll(), "bad")).containsExactly("bad 0", big, "bad 1", "bad 2", "bad 3");
            assertThat(topic.poll()).allSatisfy(record -> assertThat(record.headers())
                    .noneMatch(header -> header.key().startsWith("dead-letter-")));
            assertThat(admin.parked()).isEmpty();
            assertThat(relay.metrics().parkedKeys()).isZero();
        }
        await().atMost(PATIENCE).until(() -> database.walsender() == null);
        try (var relay = relay().streaming()) {
            database.publish(type, "bad", "bad 4");
            topic.until(7);
            assertThat(relay.metrics().parkedKeys()).isZero();
        }
    }

    @Test
    void releasesAKeyThatIsWrittenAllTheTimeInOrder() throws Exception {
        policy = policy(Map.of(), 100_000);
        letBeLarge(policy.deadLetterTopic());
        AtomicBoolean stop = new AtomicBoolean();
        AtomicInteger written = new AtomicInteger();
        try (var relay = relay();
                var connection = database.connect()) {
            Thread writer = Thread.ofPlatform().start(() -> {
                try {
                    while (!stop.get()) {
                        int next = written.get();
                        String value = next == 50 ? incompressible(200_000) : String.valueOf(next);
                        OutboxDatabase.insert(connection, type, "busy", value);
                        written.incrementAndGet();
                    }
                } catch (SQLException e) {
                    throw new IllegalStateException(e);
                }
            });
            letters.until(200);
            assertThat(admin().release(status -> true, Set.of(), PATIENCE))
                    .singleElement()
                    .isInstanceOf(ReleaseOutcome.Released.class);
            int released = written.get();
            await().atMost(PATIENCE).until(() -> written.get() > released + 100);
            stop.set(true);
            writer.join();
            topic.until(records -> ofKey(records, "busy").size() == written.get());
            List<String> expected = new ArrayList<>(numbered("", 0, written.get()));
            expected.set(50, incompressible(200_000));
            assertThat(ofKey(topic.poll(), "busy")).isEqualTo(expected);
            assertThat(relay.metrics().parkedKeys()).isZero();
        }
    }

    @Test
    void namesTheEventThatIsStillRefusedAndReleasesTheKeyWithoutIt() throws Exception {
        RealSystems.alterTopic("outbox.event." + type, "max.message.bytes", "100000");
        letBeLarge(policy.deadLetterTopic());
        try (var relay = relay()) {
            database.publish(type, "bad", incompressible(200_000));
            database.publish(type, "bad", "later");
            letters.until(2);
            String id = TopicReader.header(letters.poll().getFirst(), "id");
            assertThat(admin().release(status -> true, Set.of(), PATIENCE))
                    .singleElement()
                    .isInstanceOfSatisfying(ReleaseOutcome.Refused.class, refused -> {
                        assertThat(refused.eventId()).isEqualTo(id);
                        assertThat(refused.hint()).contains("max.message.bytes");
                    });
            assertThat(topic.poll()).isEmpty();
            assertThat(relay.metrics().parkedKeys()).isEqualTo(1);
            assertThat(admin().release(status -> true, Set.of(id), PATIENCE))
                    .singleElement()
                    .isInstanceOf(ReleaseOutcome.Released.class);
            topic.until(1);
            assertThat(topic.poll()).extracting(TopicReader::value).containsExactly("later");
        }
    }

    @Test
    void leavesAKeyParkedThatNoRelayReleases() throws Exception {
        policy = policy(Map.of(), 100_000);
        letBeLarge(policy.deadLetterTopic());
        try (var relay = relay()) {
            database.publish(type, "bad", incompressible(200_000));
            letters.until(1);
            await().atMost(PATIENCE).until(() -> relay.metrics().isCaughtUp());
        }
        await().atMost(PATIENCE).until(() -> database.walsender() == null);
        assertThat(admin().release(status -> true, Set.of(), Duration.ofSeconds(1)))
                .singleElement()
                .isInstanceOf(ReleaseOutcome.NotAnswered.class);
        assertThat(admin().parked()).hasSize(1);
        // The request is in the topic, and is answered when there is a relay.
        try (var relay = relay().streaming()) {
            await().atMost(PATIENCE).until(() -> admin().parked().isEmpty());
            database.publish(type, "bad", "later");
            topic.until(2);
            assertThat(relay.metrics().parkedKeys()).isZero();
        }
    }

    @Test
    void putsAnEventWithoutAKeyAmongTheDeadLettersAndGoesOn() throws Exception {
        try (var relay = relay()) {
            database.publish(type, "", "no key");
            database.publish(type, "1", "behind");
            database.publish(type, "", "no key either");
            letters.until(2);
            topic.until(1);
            assertThat(letters.poll()).allSatisfy(letter -> {
                assertThat(TopicReader.header(letter, "dead-letter-kind")).isEqualTo("no-key");
                assertThat(TopicReader.header(letter, "dead-letter-topic")).isEqualTo("outbox.event." + type);
                assertThat(TopicReader.header(letter, "type")).isEqualTo("Happened");
                assertThat(TopicReader.header(letter, "walpost-lsn")).isNotNull();
            });
            assertThat(letters.poll())
                    .extracting(TopicReader::value)
                    .containsExactlyInAnyOrder("no key", "no key either");
            assertThat(relay.metrics().parkedKeys()).isZero();
            assertThat(relay.metrics().reconnects()).isZero();
        }
    }

    @Test
    void parksTheKeyOfARowThatNamesNoTopicOrHasNoType() throws Exception {
        try (var relay = relay()) {
            database.publish("not a topic", "1", "unroutable");
            database.execute("INSERT INTO outboxevent VALUES (gen_random_uuid(), '" + type
                    + "', '2', '', now(), 'without type')");
            database.publish(type, "2", "follows");
            database.publish(type, "1", "another topic's key");
            letters.until(3);
            topic.until(1);
            assertThat(topic.poll()).extracting(TopicReader::value).containsExactly("another topic's key");
            assertThat(ofKey(letters.poll(), "1")).containsExactly("unroutable");
            assertThat(ofKey(letters.poll(), "2")).containsExactly("without type", "follows");
            assertThat(relay.metrics().deadLetters("unroutable")).isEqualTo(2);
            assertThat(relay.metrics().parkedKeys()).isEqualTo(2);

            // What never could be published is not, and the key is released only without it.
            ParkedKeyAdmin admin = admin();
            assertThat(admin.release(status -> status.key().keyText().equals("2"), Set.of(), PATIENCE))
                    .singleElement()
                    .isInstanceOfSatisfying(ReleaseOutcome.Refused.class, refused -> assertThat(refused.reason())
                            .contains("'type'"));
            String id = admin.parked().stream()
                    .filter(status -> status.key().keyText().equals("2"))
                    .findFirst()
                    .orElseThrow()
                    .parking()
                    .eventId();
            assertThat(admin.release(status -> status.parking().eventId().equals(id), Set.of(id), PATIENCE))
                    .singleElement()
                    .isInstanceOf(ReleaseOutcome.Released.class);
            topic.until(2);
            assertThat(ofKey(topic.poll(), "2")).containsExactly("follows");
        }
    }

    /** No aggregate type comes to such a name by itself: the publisher is told another topic. */
    @Test
    void parksTheKeyOfAnEventForATopicThatKafkaDoesNotTake() throws Exception {
        try (var relay = RunningRelay.on(
                database,
                policy,
                publishers -> (history, acknowledgements) ->
                        redirecting(publishers.create(history, acknowledgements), "invalid", "no topic"))) {
            database.publish(type, "invalid", "first");
            database.publish(type, "invalid", "second");
            database.publish(type, "valid", "other");
            letters.until(2);
            topic.until(1);
            assertThat(letters.poll()).extracting(TopicReader::value).containsExactly("first", "second");
            assertThat(relay.metrics().deadLetters("topic-invalid")).isEqualTo(1);
            assertThat(relay.metrics().reconnects()).isEqualTo(1);
        }
    }

    private EventPublisher redirecting(EventPublisher publisher, String key, String elsewhere) {
        return new EventPublisher() {
            @Override
            public boolean offer(RoutedEvent event, long sequence) throws RelayException {
                boolean redirected =
                        new String(event.key()).equals(key) && event.topic().equals("outbox.event." + type);
                return publisher.offer(
                        redirected
                                ? new RoutedEvent(
                                        event.id(),
                                        elsewhere,
                                        event.key(),
                                        event.value(),
                                        event.headers(),
                                        event.position(),
                                        event.last())
                                : event,
                        sequence);
            }

            @Override
            public void close() {
                publisher.close();
            }
        };
    }

    @Test
    void waitsForTheRightToWriteToATopic() throws Exception {
        AtomicBoolean denied = new AtomicBoolean(true);
        try (var relay = relayDenied(denied)) {
            database.publish(type, "1", "denied");
            database.publish(type, "1", "behind");
            await().atMost(PATIENCE).until(() -> relay.metrics().errors(FailureKind.KAFKA_REFUSED) >= 2);
            assertThat(relay.metrics().lastFailure().orElseThrow().hint()).contains("WRITE");
            assertThat(letters.poll()).isEmpty();
            denied.set(false);
            topic.until(2);
            assertThat(topic.poll()).extracting(TopicReader::value).containsExactly("denied", "behind");
        }
    }

    @Test
    void setsAsideAllEventsOfATopicThatItMayNotWriteToWithOneNewStart() throws Exception {
        policy = policy(Map.of(PoisonKind.TOPIC_UNAUTHORISED, PoisonReaction.DEAD_LETTER), 16 << 20);
        String other = "Other-" + database.name();
        try (var relay = relayDenied(new AtomicBoolean(true));
                var others = new TopicReader("outbox.event." + other)) {
            for (int i = 0; i < 50; i++) {
                database.publish(type, String.valueOf(i), "denied " + i);
                database.publish(other, String.valueOf(i), "allowed " + i);
            }
            letters.until(50);
            others.until(50);
            assertThat(relay.metrics().deadLetters("topic-unauthorised")).isEqualTo(50);
            assertThat(relay.metrics().reconnects()).isEqualTo(1);
            assertThat(relay.metrics().parkedKeys()).isZero();
        }
    }

    /** Denied as Kafka's producer reports it, which KafkaFailureTest shows: a broker with ACLs takes long to start. */
    private RunningRelay relayDenied(AtomicBoolean denied) {
        String topicName = "outbox.event." + type;
        return RunningRelay.on(database, policy, publishers -> (history, acknowledgements) -> {
            EventPublisher publisher = publishers.create(history, acknowledgements);
            return new EventPublisher() {
                @Override
                public boolean offer(RoutedEvent event, long sequence) throws RelayException {
                    if (denied.get() && event.topic().equals(topicName)) {
                        throw new PoisonException(
                                new Poison(
                                        PoisonKind.TOPIC_UNAUTHORISED,
                                        event.id(),
                                        event.topic(),
                                        event.position(),
                                        "not authorized"),
                                "Event " + event.id() + " was not published",
                                null);
                    }
                    return publisher.offer(event, sequence);
                }

                @Override
                public void close() {
                    publisher.close();
                }
            };
        });
    }

    private static Admin kafka() {
        return Admin.create(Map.of("bootstrap.servers", RealSystems.kafka().bootstrapServers()));
    }

    @Test
    void endsAtAnEventIfItIsToldTo() {
        policy = policy(Map.of(PoisonKind.RECORD_TOO_LARGE, PoisonReaction.STOP), 100_000);
        var relay = RunningRelay.on(database, policy, UnaryOperator.identity());
        database.publish(type, "1", "before");
        database.publish(type, "1", incompressible(200_000));
        RelayException failure = relay.failure();
        assertThat(failure.kind()).isEqualTo(FailureKind.POISON_EVENT);
        assertThat(failure).hasMessageContaining("kafka.max.request.size");
        assertThat(topic.until(1)).extracting(TopicReader::value).containsExactly("before");
    }

    @Test
    void endsAtAnEventThatKafkaRefusesIfItIsToldTo() throws Exception {
        RealSystems.alterTopic("outbox.event." + type, "max.message.bytes", "100000");
        policy = policy(Map.of(PoisonKind.RECORD_TOO_LARGE, PoisonReaction.STOP), 16 << 20);
        var relay = RunningRelay.on(database, policy, UnaryOperator.identity());
        database.publish(type, "1", incompressible(200_000));
        assertThat(relay.failure().kind()).isEqualTo(FailureKind.POISON_EVENT);
    }

    @Test
    void waitsWithTheHintUntilTheDeadLetterIsTakenAndLosesNothing() throws Exception {
        policy = policy(Map.of(), 100_000);
        RealSystems.alterTopic(policy.deadLetterTopic(), "max.message.bytes", "100000");
        String big = incompressible(200_000);
        try (var relay = relay()) {
            database.publish(type, "bad", big);
            database.publish(type, "good", "behind");
            await().atMost(PATIENCE).until(() -> relay.metrics().errors(FailureKind.EVENT_REFUSED) >= 3);
            RelayException failure = relay.metrics().lastFailure().orElseThrow();
            assertThat(failure).hasMessageContaining(policy.deadLetterTopic());
            assertThat(failure.hint()).contains("max.message.bytes").contains(policy.deadLetterTopic());
            letBeLarge(policy.deadLetterTopic());
            letters.until(1);
            topic.until(1);
        }
        assertThat(letters.poll()).extracting(TopicReader::value).containsExactly(big);
        assertThat(TopicReader.header(letters.poll().getFirst(), "dead-letter-kind"))
                .isEqualTo("record-too-large");
    }

    /** A relay that comes no further than a marker, and another one after it. */
    @Test
    void knowsTheCauseAgainAfterAnEndBetweenMarkerAndDeadLetter() throws Exception {
        RealSystems.alterTopic("outbox.event." + type, "max.message.bytes", "100000");
        letBeLarge(policy.deadLetterTopic());
        try (var relay = RunningRelay.on(
                        database,
                        policy,
                        publishers -> (history, acknowledgements) ->
                                withoutLetters(publishers.create(history, acknowledgements)));
                var markers = new TopicReader(policy.parkedTopic(), 1)) {
            database.publish(type, "bad", incompressible(200_000));
            database.publish(type, "bad", "follows");
            markers.until(1);
            await().atMost(PATIENCE).until(() -> relay.metrics().errors(FailureKind.INTERNAL) >= 1);
        }
        await().atMost(PATIENCE).until(() -> database.walsender() == null);
        try (var relay = relay()) {
            letters.until(2);
            assertThat(letters.poll())
                    .extracting(letter -> TopicReader.header(letter, "dead-letter-kind"))
                    .containsExactly("record-too-large", "follows-parked");
            assertThat(relay.metrics().reconnects()).isZero();
            assertThat(topic.poll()).isEmpty();
        }
    }

    private EventPublisher withoutLetters(EventPublisher publisher) {
        return new EventPublisher() {
            @Override
            public boolean offer(RoutedEvent event, long sequence) throws RelayException {
                if (event.topic().equals(policy.deadLetterTopic())) {
                    throw new RelayException(FailureKind.INTERNAL, "as the test wants");
                }
                return publisher.offer(event, sequence);
            }

            @Override
            public void close() {
                publisher.close();
            }
        };
    }

    @Test
    void makesItsTopicsForWhatTheyHold() throws Exception {
        policy = new PoisonPolicy(
                policy.reactions(), "made.letters." + database.name(), "made.parked." + database.name(), 1 << 20);
        try (var relay = relay().streaming();
                Admin admin = kafka()) {
            ConfigResource made = new ConfigResource(ConfigResource.Type.TOPIC, policy.deadLetterTopic());
            ConfigResource parked = new ConfigResource(ConfigResource.Type.TOPIC, policy.parkedTopic());
            await().atMost(PATIENCE)
                    .until(() -> admin.listTopics().names().get().containsAll(List.of(made.name(), parked.name())));
            Map<ConfigResource, Config> configs =
                    admin.describeConfigs(List.of(made, parked)).all().get();
            assertThat(configs.get(made).get("retention.ms").value()).isEqualTo("-1");
            assertThat(Integer.parseInt(
                            configs.get(made).get("max.message.bytes").value()))
                    .isEqualTo(RunningRelay.producer(database).maxLetterBytes());
            assertThat(configs.get(parked).get("cleanup.policy").value()).isEqualTo("compact");
        }
    }

    private ParkedKeyAdmin admin() {
        return new ParkedKeyAdmin(RunningRelay.producer(database), policy, PATIENCE);
    }

    private static void letBeLarge(String topic) throws Exception {
        RealSystems.alterTopic(topic, "max.message.bytes", String.valueOf(16 << 20));
    }
}
