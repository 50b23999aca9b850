package io.walpost.bench.contender;

import io.walpost.bench.site.BenchException;
import io.walpost.bench.site.OutboxDatabase;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;

/**
 * Debezium Server with its outbox event router and its Kafka sink.
 *
 * @param home where its distribution is unpacked
 * @param settings properties beside those that it needs for the task
 */
public record DebeziumServer(String id, String label, Path home, Map<String, String> settings) implements LogReader {

    /** What served it best in measurements: polling often, and large batches. The queue has to hold more than one. */
    public static final Map<String, String> TUNED = Map.of(
            "debezium.source.poll.interval.ms", "5",
            "debezium.source.max.batch.size", "8192",
            "debezium.source.max.queue.size", "16384");

    public DebeziumServer {
        settings = Map.copyOf(settings);
    }

    @Override
    public Launch launch(Assignment assignment, Path folder) {
        Properties properties = new Properties();
        properties.putAll(task(assignment.database(), assignment.slot(), assignment.bootstrapServers()));
        properties.put(
                "debezium.source.offset.storage.file.filename",
                folder.resolve("offsets.dat").toString());
        properties.putAll(settings);
        try {
            Path config = Files.createDirectories(folder.resolve("config"));
            try (var writer = Files.newBufferedWriter(config.resolve("application.properties"))) {
                properties.store(writer, null);
            }
        } catch (IOException e) {
            throw new BenchException("Cannot write Debezium Server's configuration: " + e, e);
        }
        return new Launch(
                List.of(
                        Jvm.java(),
                        "-Xmx1g",
                        "--add-opens=java.base/java.lang=ALL-UNNAMED",
                        "-cp",
                        DebeziumDistribution.runner(home) + File.pathSeparator + home.resolve("lib") + "/*",
                        "io.debezium.server.Main"),
                Map.of());
    }

    private static Map<String, String> task(OutboxDatabase database, String slot, String bootstrapServers) {
        return Map.ofEntries(
                Map.entry("debezium.source.connector.class", "io.debezium.connector.postgresql.PostgresConnector"),
                Map.entry("debezium.source.database.hostname", "127.0.0.1"),
                Map.entry("debezium.source.database.port", Integer.toString(database.port())),
                Map.entry("debezium.source.database.user", database.user()),
                Map.entry("debezium.source.database.password", database.password()),
                Map.entry("debezium.source.database.dbname", OutboxDatabase.NAME),
                Map.entry("debezium.source.topic.prefix", "bench"),
                Map.entry("debezium.source.table.include.list", OutboxDatabase.TABLE),
                Map.entry("debezium.source.plugin.name", "pgoutput"),
                Map.entry("debezium.source.publication.name", OutboxDatabase.PUBLICATION),
                Map.entry("debezium.source.publication.autocreate.mode", "disabled"),
                Map.entry("debezium.source.slot.name", slot),
                Map.entry("debezium.source.snapshot.mode", "no_data"),
                Map.entry("debezium.transforms", "outbox"),
                Map.entry("debezium.transforms.outbox.type", "io.debezium.transforms.outbox.EventRouter"),
                Map.entry("debezium.transforms.outbox.table.fields.additional.placement", "type:header"),
                Map.entry("debezium.format.key", "simplestring"),
                Map.entry("debezium.format.value", "simplestring"),
                Map.entry("debezium.sink.type", "kafka"),
                Map.entry("debezium.sink.kafka.producer.bootstrap.servers", bootstrapServers),
                Map.entry(
                        "debezium.sink.kafka.producer.key.serializer",
                        "org.apache.kafka.common.serialization.StringSerializer"),
                Map.entry(
                        "debezium.sink.kafka.producer.value.serializer",
                        "org.apache.kafka.common.serialization.StringSerializer"),
                Map.entry("debezium.sink.kafka.producer.acks", "all"),
                Map.entry("debezium.sink.kafka.producer.compression.type", "lz4"),
                Map.entry("debezium.sink.kafka.producer.batch.size", "524288"),
                Map.entry("debezium.sink.kafka.producer.linger.ms", "1"),
                Map.entry("quarkus.http.port", "0"));
    }
}
