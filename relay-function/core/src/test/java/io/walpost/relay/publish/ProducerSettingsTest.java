package io.walpost.relay.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Map;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProducerSettingsTest {

    private static final String BOOTSTRAP = "bootstrap.servers";

    @Test
    void passesTheUsersPropertiesThrough() {
        Map<String, Object> properties = ProducerSettings.of(
                        Map.of(BOOTSTRAP, "a:9092", "security.protocol", "SASL_SSL", "linger.ms", "7", "acks", "-1"))
                .properties();
        assertThat(properties)
                .containsEntry("security.protocol", "SASL_SSL")
                .containsEntry("linger.ms", "7")
                .containsEntry("acks", "all")
                .containsEntry("enable.idempotence", "true");
    }

    @Test
    void needsABroker() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ProducerSettings.of(Map.of()))
                .withMessageContaining("kafka.bootstrap.servers");
    }

    @ParameterizedTest
    @CsvSource({
        "acks,1",
        "enable.idempotence,false",
        "delivery.timeout.ms,120000",
        "max.block.ms,60000",
        "retries,0",
        "max.in.flight.requests.per.connection,5",
        "partitioner.ignore.keys,true",
        "transactional.id,mine",
        "partitioner.class,org.apache.kafka.clients.producer.RoundRobinPartitioner"
    })
    void refusesWhatWouldBreakAGuarantee(String name, String value) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ProducerSettings.of(Map.of(BOOTSTRAP, "a:9092", name, value)))
                .withMessageContaining("kafka." + name + "=" + value)
                .withMessageContaining("guarantees");
    }

    @Test
    void refusesWhatTheProducerItselfWouldRefuse() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ProducerSettings.of(Map.of(BOOTSTRAP, "a:9092", "linger.ms", "soon")))
                .withMessageContaining("linger.ms");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ProducerSettings.of(Map.of(BOOTSTRAP, "a:9092", "buffer.memory", "1000")))
                .withMessageContaining("kafka.buffer.memory");
    }

    @Test
    void neverPrintsValues() {
        assertThat(ProducerSettings.of(Map.of(BOOTSTRAP, "a:9092", "sasl.jaas.config", "secret")))
                .asString()
                .contains("sasl.jaas.config")
                .doesNotContain("secret");
    }

    @Test
    void waitsForKafkaOnlyWithTransactions() {
        assertThat(ProducerSettings.of(Map.of(BOOTSTRAP, "a:9092"), Delivery.AT_LEAST_ONCE)
                        .properties())
                .containsEntry("max.block.ms", "0")
                .doesNotContainKey("transactional.id");
        assertThat(ProducerSettings.of(Map.of(BOOTSTRAP, "a:9092"), Delivery.EXACTLY_ONCE)
                        .withTransactionalId("walpost-slot-7")
                        .properties())
                .containsEntry("max.block.ms", "20000")
                .containsEntry("max.in.flight.requests.per.connection", "1")
                .containsEntry("transactional.id", "walpost-slot-7");
    }

    @ParameterizedTest
    @CsvSource({"transactional.id,mine,guarantees", "max.block.ms,0,guarantees", "transaction.timeout.ms,20000,short"})
    void refusesWhatWouldBreakTransactions(String name, String value, String reason) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ProducerSettings.of(Map.of(BOOTSTRAP, "a:9092", name, value), Delivery.EXACTLY_ONCE))
                .withMessageContaining("kafka." + name + "=" + value)
                .withMessageContaining(reason);
    }

    @Test
    void lendsTheConnectionToOtherClients() {
        ProducerSettings settings = ProducerSettings.of(
                Map.of(BOOTSTRAP, "a:9092", "security.protocol", "SASL_SSL", "interceptor.classes", "x"),
                Delivery.EXACTLY_ONCE);
        assertThat(settings.adminProperties())
                .containsEntry("security.protocol", "SASL_SSL")
                .containsEntry(BOOTSTRAP, "a:9092")
                .doesNotContainKeys("acks", "interceptor.classes");
        assertThat(settings.consumerProperties())
                .containsEntry("security.protocol", "SASL_SSL")
                .containsEntry("isolation.level", "read_committed")
                .doesNotContainKeys("acks", "interceptor.classes", "group.id");
    }

    @ParameterizedTest
    @CsvSource({"''", "..", "with space"})
    void refusesAProgressTopicThatKafkaWouldRefuse(String name) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new DeliverySettings(Delivery.EXACTLY_ONCE, name))
                .withMessageContaining("walpost.relay.progress-topic");
    }

    @Test
    void sharesWithOtherClientsWhatReachesTheBrokersAndNothingOfAProducer() {
        ProducerSettings settings = ProducerSettings.of(Map.of(
                "bootstrap.servers", "kafka:9092",
                "security.protocol", "SASL_SSL",
                "interceptor.classes", "a.ProducerInterceptor",
                "plugin.of.a.login", "x"));
        assertThat(settings.sharedWith(AdminClientConfig.configNames()))
                .containsEntry("bootstrap.servers", "kafka:9092")
                .containsEntry("security.protocol", "SASL_SSL")
                .containsEntry("plugin.of.a.login", "x")
                .doesNotContainKeys("acks", "batch.size", "key.serializer");
        assertThat(settings.sharedWith(ConsumerConfig.configNames())).doesNotContainKey("interceptor.classes");
    }
}
