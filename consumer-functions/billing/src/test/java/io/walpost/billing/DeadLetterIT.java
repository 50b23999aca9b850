package io.walpost.billing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.walpost.consumer.testing.FunctionProcess;
import io.walpost.outbox.EventHeaders;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.junit.jupiter.api.Test;

/** Dead letters that Kafka does not take as they are, or not at all. */
class DeadLetterIT extends BillingProcessTest {

    private static final int TOO_LARGE = 2_000_000;

    @Test
    void leavesOutWhatIsTooLargeForTheTopic() throws Exception {
        byte[] large = new byte[TOO_LARGE];
        long poison = Orders.newId();
        try (FunctionProcess billing = process()) {
            topic.send(new ProducerRecord<>(OrderTopic.TOPIC, 0, key(poison), large));
            ProducerRecord<byte[], byte[]> withLargeHeader =
                    new ProducerRecord<>(OrderTopic.TOPIC, 0, key(Orders.newId()), large);
            withLargeHeader.headers().add("large", large);
            topic.send(withLargeHeader);
            long healthy = sendHealthy();

            await().atMost(PATIENCE).ignoreExceptions().until(() -> count("invoice WHERE order_id = " + healthy) == 1);
            List<ConsumerRecord<byte[], byte[]>> letters = topic.deadLetters();
            assertThat(letters).hasSize(2).allSatisfy(letter -> {
                assertThat(letter.value()).isNull();
                assertThat(header(letter, "dead-letter-reason")).startsWith("malformed-record: ");
                assertThat(header(letter, "dead-letter-topic")).isEqualTo(OrderTopic.TOPIC);
                assertThat(header(letter, "dead-letter-partition")).isEqualTo("0");
            });
            assertThat(letters.get(0).key()).isEqualTo(key(poison));
            assertThat(header(letters.get(0), "dead-letter-offset")).isEqualTo("0");
            assertThat(header(letters.get(0), "dead-letter-left-out")).isEqualTo("value, too large: 2000000 bytes");
            assertThat(letters.get(1).key()).isNull();
            assertThat(header(letters.get(1), "dead-letter-offset")).isEqualTo("1");
            assertThat(header(letters.get(1), "dead-letter-left-out"))
                    .isEqualTo("key, headers and value (2000000 bytes), too large");
            await().atMost(PATIENCE).until(billing::ready);
        }
    }

    @Test
    void holdsARecordBackUntilItsDeadLetterIsTaken() throws Exception {
        // A compacted topic refuses a record without a key, however often it is tried.
        cleanupPolicy(TopicConfig.CLEANUP_POLICY_COMPACT);
        long healthy;
        try (FunctionProcess billing = process()) {
            topic.send(new ProducerRecord<>(OrderTopic.TOPIC, 0, null, new byte[] {1}));
            healthy = sendHealthy();

            await().atMost(PATIENCE)
                    .ignoreExceptions()
                    .until(() -> billing.metric("walpost_consumer_dead_letter_refusals_total") >= 3);
            assertThat(count("invoice")).isZero();
            assertThat(billing.metric("walpost_consumer_dead_letters_total")).isZero();
            assertThat(billing.ready()).isFalse();
            assertThat(billing.readiness())
                    .contains("outbox.event.order-0@0", "InvalidRecordException", "see the log of the broker");
            assertThat(billing.log()).containsOnlyOnce("Holding back outbox.event.order-0@0");
            assertThat(billing.stop(15)).as("ended by itself").isTrue();
        }
        assertThat(topic.deadLetters()).isEmpty();

        try (FunctionProcess billing = process()) {
            await().atMost(PATIENCE)
                    .ignoreExceptions()
                    .until(() -> billing.metric("walpost_consumer_dead_letter_refusals_total") >= 1);
            cleanupPolicy(TopicConfig.CLEANUP_POLICY_DELETE);

            await().atMost(PATIENCE).until(() -> count("invoice WHERE order_id = " + healthy) == 1);
            assertThat(topic.deadLetters()).singleElement().satisfies(letter -> {
                assertThat(letter.value()).containsExactly(1);
                assertThat(letter.headers().lastHeader("dead-letter-left-out")).isNull();
            });
            assertThat(billing.metric("walpost_consumer_dead_letters_total")).isEqualTo(1);
            await().atMost(PATIENCE).until(billing::ready);
        }
    }

    private void cleanupPolicy(String policy) throws Exception {
        ConfigResource deadLetters = new ConfigResource(ConfigResource.Type.TOPIC, OrderTopic.DEAD_LETTERS);
        AlterConfigOp change =
                new AlterConfigOp(new ConfigEntry(TopicConfig.CLEANUP_POLICY_CONFIG, policy), AlterConfigOp.OpType.SET);
        try (Admin admin = admin()) {
            admin.incrementalAlterConfigs(Map.of(deadLetters, List.of(change)))
                    .all()
                    .get();
        }
    }

    private long sendHealthy() {
        long order = Orders.newId();
        ProducerRecord<byte[], byte[]> event = new ProducerRecord<>(
                OrderTopic.TOPIC, 0, key(order), Orders.placed(order).getBytes(UTF_8));
        OrderTopic.header(event, EventHeaders.ID, UUID.randomUUID().toString());
        OrderTopic.header(event, EventHeaders.TYPE, "OrderPlaced");
        topic.send(event);
        return order;
    }

    private static byte[] key(long order) {
        return Long.toString(order).getBytes(UTF_8);
    }

    private static String header(ConsumerRecord<byte[], byte[]> letter, String name) {
        return new String(letter.headers().lastHeader(name).value(), UTF_8);
    }
}
