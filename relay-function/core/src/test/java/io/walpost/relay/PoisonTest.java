package io.walpost.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.walpost.relay.failure.PoisonKind;
import io.walpost.relay.failure.PoisonReaction;
import io.walpost.relay.poison.PoisonPolicy;
import io.walpost.relay.testing.OutboxDatabase;
import io.walpost.relay.testing.RealSystems;
import io.walpost.relay.testing.RunningRelay;
import io.walpost.relay.testing.TopicReader;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
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

    private static List<String> ofKey(List<ConsumerRecord<byte[], byte[]>> records, String key) {
        return records.stream()
                .filter(record -> new String(record.key()).equals(key))
                .map(TopicReader::value)
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
        topic.until(30);
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

    private static void letBeLarge(String topic) throws Exception {
        RealSystems.alterTopic(topic, "max.message.bytes", String.valueOf(16 << 20));
    }
}
