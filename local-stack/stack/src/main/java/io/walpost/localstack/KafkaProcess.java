package io.walpost.localstack;

import io.walpost.localstack.kafka.BrokerMain;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** A Kafka broker in a JVM of its own. */
final class KafkaProcess extends ChildServer implements LocalKafka {

    // Always the same: a data folder has one broker, which is the whole cluster.
    private static final String CLUSTER_ID = "walpost-local-stack-00";

    private final KafkaClient client = new KafkaClient(this);
    private final Optional<ProxiedListener> proxied;

    KafkaProcess(DataFolder folder, int port, Optional<ProxiedListener> proxied) {
        super("Kafka", folder, port, "TERM");
        this.proxied = proxied;
    }

    @Override
    void prepare(DataFolder folder) throws IOException {
        BrokerProperties.write(folder, port(), proxied);
    }

    @Override
    List<String> command(DataFolder folder) throws IOException {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xms64m",
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-XX:+ExitOnOutOfMemoryError",
                "-Dorg.slf4j.simpleLogger.showDateTime=true",
                "-Dorg.slf4j.simpleLogger.dateTimeFormat=yyyy-MM-dd HH:mm:ss.SSS",
                "-cp",
                ServerClassPath.of("kafka", BrokerMain.class),
                BrokerMain.class.getName(),
                BrokerProperties.in(folder).toString(),
                CLUSTER_ID);
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
        return proxied.map(listener -> OptionalInt.of(listener.port())).orElseGet(OptionalInt::empty);
    }
}
