package io.walpost.localstack;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The command line of {@link LocalStack}. */
@Command(
        name = "stack",
        sortOptions = false,
        description = {
            "Runs PostgreSQL, Kafka, OpenSearch and Redis on this machine until Ctrl-C.",
            "A server that ends, by kill -9 for example, is started again on the same port and data."
        })
final class StackCommand implements Callable<Integer> {

    enum Server {
        postgres,
        kafka,
        opensearch,
        redis
    }

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this text")
    private boolean help;

    @Option(
            names = "--data",
            paramLabel = "FOLDER",
            defaultValue = ".walpost/stack",
            description = "Keeps data and logs (default: ${DEFAULT-VALUE})")
    private Path data;

    @Option(
            names = "--postgres-port",
            paramLabel = "PORT",
            defaultValue = "15432",
            description = "(default: ${DEFAULT-VALUE})")
    private int postgresPort;

    @Option(
            names = "--kafka-port",
            paramLabel = "PORT",
            defaultValue = "19092",
            description = "(default: ${DEFAULT-VALUE})")
    private int kafkaPort;

    @Option(
            names = "--opensearch-port",
            paramLabel = "PORT",
            defaultValue = "19200",
            description = "(default: ${DEFAULT-VALUE})")
    private int openSearchPort;

    @Option(
            names = "--redis-port",
            paramLabel = "PORT",
            defaultValue = "16379",
            description = "(default: ${DEFAULT-VALUE})")
    private int redisPort;

    @Option(
            names = "--restart-after",
            paramLabel = "TIME",
            defaultValue = "2s",
            converter = TimeConverter.class,
            description =
                    "How long a server that ended stays down, such as 500ms, 2s or 1m (default: ${DEFAULT-VALUE})")
    private Duration restartAfter;

    @Option(names = "--only", paramLabel = "SERVER", description = "Run one of them: ${COMPLETION-CANDIDATES}")
    private Server only;

    @Override
    public Integer call() throws InterruptedException {
        try (ServerSupervisor supervisor = new ServerSupervisor(servers(), restartAfter, System.out)) {
            // The servers' own guards act only when this JVM is gone; the hook lets a person see them end.
            Runtime.getRuntime().addShutdownHook(new Thread(supervisor::close, "stop"));
            supervisor.start();
            System.out.println("Ctrl-C ends the servers. Their data stays.");
            new CountDownLatch(1).await();
            return 0;
        }
    }

    private List<LocalServer> servers() {
        List<LocalServer> servers = new ArrayList<>();
        if (wanted(Server.postgres)) {
            servers.add(LocalPostgres.at(data.resolve("postgres"), postgresPort));
        }
        if (wanted(Server.kafka)) {
            servers.add(LocalKafka.at(data.resolve("kafka"), kafkaPort));
        }
        if (wanted(Server.opensearch)) {
            servers.add(LocalOpenSearch.at(data.resolve("opensearch"), openSearchPort));
        }
        if (wanted(Server.redis)) {
            servers.add(LocalRedis.at(data.resolve("redis"), redisPort));
        }
        return servers;
    }

    private boolean wanted(Server server) {
        return only == null || only == server;
    }
}
