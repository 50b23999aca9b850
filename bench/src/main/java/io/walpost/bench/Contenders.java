package io.walpost.bench;

import io.walpost.bench.contender.Ceiling;
import io.walpost.bench.contender.ConsumerFunction;
import io.walpost.bench.contender.DebeziumServer;
import io.walpost.bench.contender.LogReader;
import io.walpost.bench.contender.RelayService;
import io.walpost.bench.orders.Rules;
import io.walpost.bench.sink.CacheEntries;
import io.walpost.bench.sink.Documents;
import io.walpost.bench.sink.Invoices;
import io.walpost.bench.sink.Sink;
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
    static final String BILLING = "billing";
    static final String CACHE = "cache-invalidation";
    static final String SEARCH = "search";

    LogReader ceiling() {
        return new Ceiling();
    }

    LogReader relay() {
        return relay(RELAY, "Walpost relay", Map.of());
    }

    LogReader relayExactlyOnce() {
        return relay(EXACTLY_ONCE, "Walpost relay, exactly once", Map.of("WALPOST_RELAY_DELIVERY", "exactly-once"));
    }

    /** The relay of events that have no table. It stands in the same column as the one that reads rows. */
    LogReader relayOfMessages() {
        return relay(RELAY, "Walpost relay", Map.of("WALPOST_RELAY_CAPTURE", "message"));
    }

    /** The relay while it learns what its AOT cache will hold. */
    LogReader relayInTraining() {
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

    private LogReader relay(String id, String label, Map<String, String> settings) {
        return new RelayService(id, label, packaged("relay.sh"), settings);
    }

    LogReader debezium() {
        return new DebeziumServer(DEBEZIUM, "Debezium Server, tuned", debeziumHome, DebeziumServer.TUNED);
    }

    LogReader untunedDebezium() {
        return new DebeziumServer(
                DEBEZIUM_DEFAULT, "Debezium Server, its own poll interval and batches", debeziumHome, Map.of());
    }

    ConsumerFunction billing() {
        return function(BILLING, "Billing", Rules.BILLING, (site, database, name, type) -> new Invoices(database));
    }

    ConsumerFunction cache() {
        return function(
                CACHE,
                "Cache invalidation",
                Rules.CACHE,
                (site, database, name, aggregateType) -> CacheEntries.open(site, aggregateType));
    }

    ConsumerFunction search() {
        return function(SEARCH, "Search", Rules.SEARCH, (site, database, name, type) -> Documents.open(site, name));
    }

    private ConsumerFunction function(String id, String label, Rules rules, Sink.Kind sink) {
        Path jar = root.resolve("consumer-functions").resolve(id).resolve("target/quarkus-app/quarkus-run.jar");
        return new ConsumerFunction(id, label, jar, rules, sink);
    }
}
