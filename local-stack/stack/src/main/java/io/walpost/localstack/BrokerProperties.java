package io.walpost.localstack;

import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;

/** The broker's {@code server.properties}. */
final class BrokerProperties {

    private static final String NODE_ID = "1";

    private static final String FILE = "server.properties";
    private static final String CONTROLLER = "controller.quorum.voters";
    private static final String LARGEST_MESSAGE = Integer.toString(8 << 20);

    private BrokerProperties() {}

    static Path in(DataFolder folder) {
        return folder.resolve(FILE);
    }

    /** Writes the file; a controller port that an earlier one names is kept, because the data folder knows it. */
    static void write(DataFolder folder, int port, Optional<ProxiedListener> proxied) throws IOException {
        Path file = in(folder);
        int controllerPort = Files.exists(file) ? controllerPort(file) : Ports.free();
        Ports.requireFree(controllerPort, "Kafka's controller");
        Properties properties = of(port, controllerPort, folder.resolve("data"));
        proxied.ifPresent(listener -> add(listener, properties));
        try (Writer writer = Files.newBufferedWriter(file)) {
            properties.store(writer, "Written at every start");
        }
    }

    private static int controllerPort(Path file) throws IOException {
        Properties earlier = new Properties();
        try (var reader = Files.newBufferedReader(file)) {
            earlier.load(reader);
        }
        String voter = earlier.getProperty(CONTROLLER);
        return Integer.parseInt(voter.substring(voter.lastIndexOf(':') + 1));
    }

    private static Properties of(int port, int controllerPort, Path data) {
        Properties properties = new Properties();
        properties.putAll(promised());
        properties.put("node.id", NODE_ID);
        properties.put("process.roles", "broker,controller");
        properties.put(
                "listeners", "PLAINTEXT://127.0.0.1:%d,CONTROLLER://127.0.0.1:%d".formatted(port, controllerPort));
        properties.put("advertised.listeners", "PLAINTEXT://127.0.0.1:" + port);
        properties.put("controller.listener.names", "CONTROLLER");
        properties.put(CONTROLLER, NODE_ID + "@127.0.0.1:" + controllerPort);
        properties.put("log.dirs", data.toString());
        return properties;
    }

    private static void add(ProxiedListener listener, Properties properties) {
        properties.merge("listeners", "PROXIED://127.0.0.1:" + listener.port(), BrokerProperties::joined);
        properties.merge(
                "advertised.listeners", "PROXIED://127.0.0.1:" + listener.proxyPort(), BrokerProperties::joined);
        properties.put("listener.security.protocol.map", "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT,PROXIED:PLAINTEXT");
    }

    private static Object joined(Object list, Object element) {
        return list + "," + element;
    }

    /** What holds wherever the broker runs. */
    static Map<String, String> promised() {
        Map<String, String> properties = new HashMap<>();
        // A broker that was killed may register again only when its old session has run out.
        properties.put("broker.session.timeout.ms", "1000");
        properties.put("broker.heartbeat.interval.ms", "200");
        properties.put("group.initial.rebalance.delay.ms", "0");

        properties.put("message.max.bytes", LARGEST_MESSAGE);
        properties.put("replica.fetch.max.bytes", LARGEST_MESSAGE);

        for (String topic : List.of("offsets.topic", "transaction.state.log", "share.coordinator.state.topic")) {
            properties.put(topic + ".replication.factor", "1");
            properties.put(topic + ".num.partitions", "1");
        }
        properties.put("transaction.state.log.min.isr", "1");
        properties.put("share.coordinator.state.topic.min.isr", "1");
        // Its default of 128 MiB would be half of the heap.
        properties.put("log.cleaner.dedupe.buffer.size", Integer.toString(4 << 20));
        return properties;
    }
}
