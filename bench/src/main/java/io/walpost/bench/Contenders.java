package io.walpost.bench;

import io.walpost.bench.contender.Ceiling;
import io.walpost.bench.contender.Contender;
import io.walpost.bench.contender.DebeziumServer;
import io.walpost.bench.contender.RelayService;
import java.nio.file.Path;
import java.util.Map;

/**
 * Who takes part.
 *
 * @param root the tree in which the relay is packaged
 * @param debeziumHome where Debezium Server is unpacked; never looked at by who does not run it
 */
record Contenders(Path root, Path debeziumHome) {

    static final String CEILING = "ceiling";
    static final String RELAY = "relay";
    static final String DEBEZIUM = "debezium";
    static final String DEBEZIUM_DEFAULT = "debezium-default";

    Contender ceiling() {
        return new Ceiling();
    }

    Contender relay() {
        return relay(RELAY, "Walpost relay", Map.of());
    }

    private Contender relay(String id, String label, Map<String, String> settings) {
        return new RelayService(
                id, label, root.resolve("relay-function/service/target/quarkus-app/quarkus-run.jar"), settings);
    }

    Contender debezium() {
        return new DebeziumServer(DEBEZIUM, "Debezium Server, tuned", debeziumHome, DebeziumServer.TUNED);
    }

    Contender untunedDebezium() {
        return new DebeziumServer(
                DEBEZIUM_DEFAULT, "Debezium Server, its own poll interval and batches", debeziumHome, Map.of());
    }
}
