package io.walpost.localstack;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The node's {@code opensearch.yml}. */
final class NodeSettings {

    private NodeSettings() {}

    static void write(DataFolder folder, int port) throws IOException {
        Path config = Files.createDirectories(folder.resolve("config"));
        Map<String, String> settings = new TreeMap<>(promised());
        settings.put("node.name", "local");
        settings.put("path.data", folder.resolve("data").toString());
        settings.put("path.logs", folder.resolve("logs").toString());
        settings.put("network.host", "127.0.0.1");
        settings.put("http.port", Integer.toString(port));
        // Nobody else joins; any port will do.
        settings.put("transport.port", "0");
        settings.put("http.type", "netty4");
        settings.put("transport.type", "netty4");
        Files.writeString(
                config.resolve("opensearch.yml"),
                settings.entrySet().stream()
                        .map(setting -> setting.getKey() + ": " + quoted(setting.getValue()) + "\n")
                        .collect(Collectors.joining()));
    }

    /** A string in YAML, between single quotes, where only they are special. */
    private static String quoted(String value) {
        return "'" + value.replace("'", "''") + "'";
    }

    /** What holds wherever the node runs. */
    static Map<String, String> promised() {
        return Map.of(
                "cluster.name", "walpost-local-stack",
                "discovery.type", "single-node",
                // A disk that is fuller than 95 % would make all indices read-only; a person's own often is.
                "cluster.routing.allocation.disk.threshold_enabled", "false");
    }
}
