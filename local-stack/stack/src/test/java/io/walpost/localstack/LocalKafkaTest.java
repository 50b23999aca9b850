package io.walpost.localstack;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
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

    private static void send(String topic, String value) throws Exception {
        try (KafkaProducer<String, String> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", KAFKA.bootstrapServers(), "acks", "all"),
                new StringSerializer(),
                new StringSerializer())) {
            producer.send(new ProducerRecord<>(topic, value)).get();
        }
    }

    private static List<String> read(String topic) {
        Map<String, Object> settings = Map.of(
                "bootstrap.servers", KAFKA.bootstrapServers(),
                "group.id", UUID.randomUUID().toString(),
                "auto.offset.reset", "earliest");
        try (KafkaConsumer<String, String> consumer =
                new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer())) {
            consumer.subscribe(List.of(topic));
            List<String> values = new java.util.ArrayList<>();
            Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> {
                for (ConsumerRecord<String, String> record : consumer.poll(Duration.ofMillis(200))) {
                    values.add(record.value());
                }
                return !values.isEmpty();
            });
            return values;
        }
    }
}
