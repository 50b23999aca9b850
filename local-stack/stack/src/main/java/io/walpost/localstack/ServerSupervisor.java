package io.walpost.localstack;

import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Keeps servers running: whichever ends is started again after a while, and a person is told. */
final class ServerSupervisor implements AutoCloseable {

    private static final long LOOK_MILLIS = 100;
    private static final long END_SECONDS = 90;

    private final List<LocalServer> servers;
    private final Duration restartAfter;
    private final PrintStream out;
    private final ScheduledExecutorService watch;

    ServerSupervisor(List<LocalServer> servers, Duration restartAfter, PrintStream out) {
        this.servers = List.copyOf(servers);
        this.restartAfter = restartAfter;
        this.out = out;
        this.watch = Executors.newScheduledThreadPool(
                servers.size(), Thread.ofPlatform().daemon().name("watch-", 0).factory());
    }

    /**
     * Starts all of them side by side.
     *
     * @throws LocalStackException if one cannot start
     */
    void start() {
        inParallel(LocalServer::start);
        servers.forEach(server -> out.println(describe(server)));
        servers.forEach(this::look);
    }

    private void look(LocalServer server) {
        if (server.running()) {
            watch.schedule(() -> look(server), LOOK_MILLIS, TimeUnit.MILLISECONDS);
        } else {
            out.printf("%s ended; it starts again in %s%n", server.name(), text(restartAfter));
            watch.schedule(() -> restart(server), restartAfter.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    private void restart(LocalServer server) {
        try {
            server.start();
            out.println(describe(server));
        } catch (LocalStackException e) {
            out.println(e.getMessage());
        }
        look(server);
    }

    /** Ends all of them in good order. */
    @Override
    public void close() {
        watch.shutdownNow();
        try {
            if (!watch.awaitTermination(END_SECONDS, TimeUnit.SECONDS)) {
                out.println("A server that is just starting does not let itself be stopped.");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        inParallel(LocalServer::close);
    }

    private void inParallel(Consumer<LocalServer> action) {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            CompletableFuture.allOf(servers.stream()
                            .map(server -> CompletableFuture.runAsync(() -> action.accept(server), threads))
                            .toArray(CompletableFuture[]::new))
                    .join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof LocalStackException expected) {
                throw expected;
            }
            throw e;
        }
    }

    private static String describe(LocalServer server) {
        String address =
                switch (server) {
                    case LocalPostgres postgres ->
                        "%s, user %s, password %s"
                                .formatted(postgres.jdbcUrl("postgres"), postgres.user(), postgres.password());
                    case LocalKafka kafka -> kafka.bootstrapServers();
                    case LocalOpenSearch search -> search.url();
                    case LocalRedis redis -> redis.uri();
                };
        String process = server.pid().isPresent() ? "pid " + server.pid().getAsLong() : "in a container";
        return "%-10s  %s  (%s, %s)".formatted(server.name(), address, process, server.dataFolder());
    }

    private static String text(Duration time) {
        return time.toMillis() % 1000 == 0 ? time.toSeconds() + " s" : time.toMillis() + " ms";
    }
}
