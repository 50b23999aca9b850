package io.walpost.bench;

import io.walpost.bench.contender.Ceiling;
import io.walpost.bench.contender.Contender;
import io.walpost.bench.contender.DebeziumServer;
import io.walpost.bench.contender.RelayService;
import java.io.File;
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
    static final String EXACTLY_ONCE = "relay-exactly-once";
    static final String DEBEZIUM = "debezium";
    static final String DEBEZIUM_DEFAULT = "debezium-default";

    Contender ceiling() {
        return new Ceiling();
    }

    Contender relay() {
        return relay(RELAY, "Walpost relay", Map.of());
    }

    Contender relayExactlyOnce() {
        return relay(EXACTLY_ONCE, "Walpost relay, exactly once", Map.of("WALPOST_RELAY_DELIVERY", "exactly-once"));
    }

    /** The relay of events that have no table. It stands in the same column as the one that reads rows. */
    Contender relayOfMessages() {
        return relay(RELAY, "Walpost relay", Map.of("WALPOST_RELAY_CAPTURE", "message"));
    }

    /** The relay while it learns what its AOT cache will hold. */
    Contender relayInTraining() {
        return relay("training", "Walpost relay, in training", Map.of("WALPOST_RELAY_AOT", "train"));
    }

    /** Whether the relay that is packaged lacks a cache, or has an older one. */
    boolean relayNeedsTraining() {
        File cache = packaged("app.aot").toFile();
        return cache.lastModified() < packaged("quarkus-run.jar").toFile().lastModified();
    }

    private Path packaged(String file) {
        return root.resolve("relay-function/service/target/quarkus-app").resolve(file);
    }

    private Contender relay(String id, String label, Map<String, String> settings) {
        return new RelayService(id, label, packaged("relay.sh"), settings);
    }

    Contender debezium() {
        return new DebeziumServer(DEBEZIUM, "Debezium Server, tuned", debeziumHome, DebeziumServer.TUNED);
    }

    Contender untunedDebezium() {
        return new DebeziumServer(
                DEBEZIUM_DEFAULT, "Debezium Server, its own poll interval and batches", debeziumHome, Map.of());
    }
}
