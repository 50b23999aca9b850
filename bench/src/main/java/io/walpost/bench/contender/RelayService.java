package io.walpost.bench.contender;

import io.walpost.bench.site.BenchException;
import io.walpost.bench.site.OutboxDatabase;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The relay service as it is packaged.
 *
 * @param launcher its {@code relay.sh}
 * @param settings environment variables beside those that every relay needs
 */
public record RelayService(String id, String label, Path launcher, Map<String, String> settings) implements LogReader {

    public RelayService {
        settings = Map.copyOf(settings);
        if (Files.notExists(launcher)) {
            throw new BenchException(launcher + " is missing. Run bench/run, which builds it.");
        }
    }

    @Override
    public Launch launch(Assignment assignment, Path folder) {
        OutboxDatabase database = assignment.database();
        Map<String, String> environment = new HashMap<>(Map.of(
                "WALPOST_RELAY_POSTGRES_URL", database.jdbcUrl(),
                "WALPOST_RELAY_POSTGRES_USER", database.user(),
                "WALPOST_RELAY_POSTGRES_PASSWORD", database.password(),
                "WALPOST_RELAY_SLOT", assignment.slot(),
                "WALPOST_RELAY_PUBLICATION", OutboxDatabase.PUBLICATION,
                "WALPOST_RELAY_TABLES", OutboxDatabase.TABLE,
                "KAFKA_BOOTSTRAP_SERVERS", assignment.bootstrapServers(),
                "QUARKUS_HTTP_PORT", "0",
                "JAVA_HOME", System.getProperty("java.home")));
        environment.putAll(settings);
        return new Launch(List.of(launcher.toString()), environment);
    }
}
