package io.walpost.bench.site;

import io.walpost.localstack.LocalKafka;
import io.walpost.localstack.LocalOpenSearch;
import io.walpost.localstack.LocalPostgres;
import io.walpost.localstack.LocalRedis;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/**
 * A PostgreSQL and a Kafka of the benchmark's own, with every durability setting on, and a Redis and an OpenSearch once
 * somebody asks for them. They end with it.
 */
public final class Site implements AutoCloseable {

    private final Path folder;
    private final LocalPostgres postgres = LocalPostgres.temporary();
    private final LocalKafka kafka = LocalKafka.temporary();
    private final LocalRedis redis = LocalRedis.temporary();
    private final LocalOpenSearch openSearch = LocalOpenSearch.temporary();
    private OutboxDatabase database;
    private Topics topics;

    private Site(Path folder) {
        this.folder = folder;
    }

    /** @param folder for the logs of the measured processes; emptied first */
    public static Site start(Path folder) throws InterruptedException {
        Site site = new Site(folder.toAbsolutePath());
        try {
            clear(site.folder);
            Files.createDirectories(site.folder);
            site.postgres.start();
            site.kafka.start();
            site.database = OutboxDatabase.create(site.postgres);
            site.topics = new Topics(site.kafka.bootstrapServers());
            return site;
        } catch (IOException | RuntimeException e) {
            site.close();
            throw e instanceof BenchException known ? known : new BenchException("Cannot start: " + e.getMessage(), e);
        }
    }

    /** Before anything is measured: servers are warm in production. */
    public void warmUp() {
        topics.warmUp();
    }

    private static void clear(Path folder) throws IOException {
        if (Files.notExists(folder)) {
            return;
        }
        try (Stream<Path> paths = Files.walk(folder)) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }

    public OutboxDatabase database() {
        return database;
    }

    public Topics topics() {
        return topics;
    }

    /** Runs from the first call on. */
    public LocalRedis redis() {
        redis.start();
        return redis;
    }

    /** Runs from the first call on. */
    public LocalOpenSearch openSearch() {
        openSearch.start();
        return openSearch;
    }

    /** A new and empty database. */
    public FunctionDatabase createDatabase(String name) {
        return new FunctionDatabase(postgres, name);
    }

    public String bootstrapServers() {
        return kafka.bootstrapServers();
    }

    /** Where the logs of the measured processes are. */
    public Path folder() {
        return folder;
    }

    @Override
    public void close() {
        if (topics != null) {
            topics.close();
        }
        openSearch.close();
        redis.close();
        kafka.close();
        postgres.close();
    }
}
