package io.walpost.localstack;

import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * One Kafka broker that is its own KRaft controller. A record that it acknowledged survives {@link #kill}, because what
 * the broker wrote stays in the operating system's page cache.
 */
public sealed interface LocalKafka extends LocalServer permits KafkaProcess, KafkaContainer {

    /** A broker with a fixed folder and port. The folder is made at the first start. */
    static LocalKafka at(Path dataFolder, int port) {
        return in(DataFolder.permanent(dataFolder), port);
    }

    /** A broker in a temporary folder and on a free port. Closing it removes the folder. */
    static LocalKafka temporary() {
        return in(DataFolder.temporary("kafka"), Ports.free());
    }

    /**
     * A temporary broker with a second listener, {@link #proxiedPort}, whose clients are told to come back through a
     * proxy.
     *
     * @param proxyPort where the proxy listens on 127.0.0.1
     * @throws LocalStackException if the servers are containers
     */
    static LocalKafka behindProxy(int proxyPort) {
        return switch (Backend.current()) {
            case PROCESSES ->
                new KafkaProcess(
                        DataFolder.temporary("kafka"),
                        Ports.free(),
                        Optional.of(new ProxiedListener(Ports.free(), proxyPort)));
            case CONTAINERS -> throw Backend.onlyProcesses("A broker behind a proxy");
        };
    }

    private static LocalKafka in(DataFolder folder, int port) {
        return switch (Backend.current()) {
            case PROCESSES -> new KafkaProcess(folder, port, Optional.empty());
            case CONTAINERS -> new KafkaContainer(folder, port);
        };
    }

    /** The value for {@code bootstrap.servers}. */
    default String bootstrapServers() {
        return "127.0.0.1:" + port();
    }

    /** Creates a topic, unless there is one of that name. */
    void createTopic(String name, int partitions);

    /** Where the proxy of {@link #behindProxy} is to connect to; empty without one. */
    OptionalInt proxiedPort();
}
