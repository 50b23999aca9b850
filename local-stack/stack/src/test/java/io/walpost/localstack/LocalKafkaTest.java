package io.walpost.localstack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LocalKafkaTest {

    private static final LocalKafka KAFKA = LocalKafka.temporary();

    @BeforeEach
    void start() {
        KAFKA.start();
    }

    @AfterAll
    static void close() {
        KAFKA.close();
        assertThat(KAFKA.dataFolder()).doesNotExist();
    }

    @Test
    void keepsAnAcknowledgedRecordAndItsPortWhenItIsKilled() throws Exception {
        KAFKA.createTopic("survivors", 1);
        send("survivors", "kept");

        KAFKA.kill();
        assertThat(KAFKA.running()).isFalse();
        assertThat(Ports.isFree(KAFKA.port())).isTrue();
        KAFKA.start();

        assertThat(read("survivors")).containsExactly("kept");
    }

    @Test
    void takesARecordOfSevenMebibytes() throws Exception {
        String large = "x".repeat(7 << 20);
        KAFKA.createTopic("large", 1);

        send("large", large);

        assertThat(read("large").getFirst().length()).isEqualTo(large.length());
    }

    @Test
    void createsATopicOnce() throws Exception {
        KAFKA.createTopic("partitioned", 3);
        KAFKA.createTopic("partitioned", 5);

        try (Admin admin = admin(10_000)) {
            assertThat(admin.describeTopics(List.of("partitioned"))
                            .allTopicNames()
                            .get()
                            .get("partitioned")
                            .partitions())
                    .hasSize(3);
        }
    }

    @Test
    void answersNothingWhileItIsPaused() throws Exception {
        KAFKA.pause();
        try (Admin admin = admin(500)) {
            assertThatThrownBy(() -> admin.describeCluster().nodes().get())
                    .isInstanceOf(ExecutionException.class)
                    .hasCauseInstanceOf(TimeoutException.class);
        } finally {
            KAFKA.resume();
        }
        Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> new KafkaClient(KAFKA).answers());
    }

    @Test
    void sendsTheClientsOfItsSecondListenerThroughTheProxy() throws Exception {
        LocalKafka behind = null;
        try (ServerSocket proxy = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            proxy.setSoTimeout(30_000);
            behind = LocalKafka.behindProxy(proxy.getLocalPort());
            behind.start();
            String listener = "127.0.0.1:" + behind.proxiedPort().orElseThrow();
            Admin admin = Admin.create(Map.of("bootstrap.servers", listener));
            admin.describeCluster();
            proxy.accept().close();
            admin.close(Duration.ZERO);
        } finally {
            if (behind != null) {
                behind.close();
            }
        }
        assertThat(KAFKA.proxiedPort()).isEmpty();
    }

    private static Admin admin(int timeoutMillis) {
        return Admin.create(Map.of(
                "bootstrap.servers", KAFKA.bootstrapServers(),
                "request.timeout.ms", timeoutMillis,
                "default.api.timeout.ms", timeoutMillis));
    }

    private static void send(String topic, String value) throws Exception {
        Map<String, Object> settings =
                Map.of("bootstrap.servers", KAFKA.bootstrapServers(), "acks", "all", "max.request.size", 8 << 20);
        try (KafkaProducer<String, String> producer =
                new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer())) {
            producer.send(new ProducerRecord<>(topic, value)).get();
        }
    }

    private static List<String> read(String topic) {
        Map<String, Object> settings =
                Map.of("bootstrap.servers", KAFKA.bootstrapServers(), "auto.offset.reset", "earliest");
        TopicPartition partition = new TopicPartition(topic, 0);
        try (KafkaConsumer<String, String> consumer =
                new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer())) {
            consumer.assign(List.of(partition));
            return Awaitility.await()
                    .atMost(Duration.ofSeconds(60))
                    .until(() -> consumer.poll(Duration.ofMillis(200)), records -> !records.isEmpty())
                    .records(partition)
                    .stream()
                    .map(record -> record.value())
                    .toList();
        }
    }
}
