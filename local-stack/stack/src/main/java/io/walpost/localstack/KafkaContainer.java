package io.walpost.localstack;

import java.util.Locale;
import java.util.OptionalInt;
import org.testcontainers.containers.GenericContainer;

/** A Kafka broker in a container. */
final class KafkaContainer extends ContainerServer implements LocalKafka {

    private static final String IMAGE = "apache/kafka:4.1.2";
    private static final int CONTAINER_PORT = 9092;

    private final KafkaClient client = new KafkaClient(this);

    KafkaContainer(DataFolder folder, int port) {
        super("Kafka", folder, port, CONTAINER_PORT, container());
    }

    private static GenericContainer<?> container() {
        var container = new org.testcontainers.kafka.KafkaContainer(IMAGE);
        BrokerProperties.promised().forEach((name, value) -> container.withEnv(variable(name), value));
        return container;
    }

    /** How the image's start script wants a broker property. */
    static String variable(String property) {
        return "KAFKA_" + property.toUpperCase(Locale.ROOT).replace('.', '_');
    }

    @Override
    boolean answers() {
        return client.answers();
    }

    @Override
    public void createTopic(String name, int partitions) {
        client.createTopic(name, partitions);
    }

    @Override
    public OptionalInt proxiedPort() {
        return OptionalInt.empty();
    }
}
