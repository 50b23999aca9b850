package io.walpost.demo.stage;

import io.walpost.localstack.GuardedProcess;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** One of Walpost's services as a process, started as in production: a jar, its settings in the environment. */
public final class ServiceProcess implements AutoCloseable {

    static final String ORDERS = "order service";
    static final String RELAY = "relay";

    private static final Duration START_LIMIT = Duration.ofSeconds(90);
    private static final Duration METRICS_LIMIT = Duration.ofSeconds(2);
    private static final Duration POLL = Duration.ofMillis(50);

    // Five services share a machine with the servers and a build: small heaps, and no second compiler, which
    // would take its time from the first seconds that a person waits for.
    private static final List<String> JVM_OPTIONS = List.of(
            "-Xms32m", "-Xmx192m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-XX:+ExitOnOutOfMemoryError");

    private final String name;
    private final Path jar;
    private final int port;
    private final Map<String, String> settings;
    private final Path log;
    private final HealthProbe probe;
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(METRICS_LIMIT)
            .build();
    private final AtomicInteger commands = new AtomicInteger();
    private volatile GuardedProcess process;

    ServiceProcess(String name, Path jar, int port, Map<String, String> settings, Path log) {
        this.name = name;
        this.jar = jar;
        this.port = port;
        this.settings = settings;
        this.log = log;
        this.probe = new HealthProbe(url());
    }

    public String name() {
        return name;
    }

    public int port() {
        return port;
    }

    public URI url() {
        return URI.create("http://127.0.0.1:" + port);
    }

    public Path log() {
        return log;
    }

    /** The process id; the service must run. */
    public long pid() {
        return process.pid();
    }

    /** Starts the service and returns when it is ready. */
    public void start() throws InterruptedException {
        start(Map.of());
    }

    /**
     * Starts the service and returns when it is ready. Does nothing if it runs.
     *
     * @param further environment variables, for this time
     * @throws DemoException if the service ends before it is ready, or does not become ready
     */
    public synchronized void start(Map<String, String> further) throws InterruptedException {
        if (running()) {
            return;
        }
        Map<String, String> environment = new HashMap<>(settings);
        environment.put("QUARKUS_HTTP_PORT", Integer.toString(port));
        environment.putAll(further);
        try {
            process = GuardedProcess.start(command(), environment, log);
        } catch (IOException e) {
            throw new DemoException("Cannot start " + name + ": " + e.getMessage() + ".", e);
        }
        awaitReady();
    }

    private List<String> command(String... arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(JVM_OPTIONS);
        command.addAll(List.of("-jar", jar.toString()));
        command.addAll(List.of(arguments));
        return command;
    }

    /** Runs a command of the service's program with the service's settings, and returns when it has ended. */
    public ServiceCommand run(String... arguments) throws InterruptedException {
        String name = log.getFileName() + "." + commands.incrementAndGet() + "-" + arguments[0];
        return ServiceCommand.run(command(arguments), settings, log.resolveSibling(name));
    }

    /** What the service says of itself in numbers; empty if it does not answer. */
    public Optional<MetricsPage> metrics() throws InterruptedException {
        try {
            HttpRequest request = HttpRequest.newBuilder(url().resolve("/q/metrics"))
                    .timeout(METRICS_LIMIT)
                    .build();
            return Optional.of(
                    new MetricsPage(http.send(request, BodyHandlers.ofString()).body()));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private void awaitReady() throws InterruptedException {
        long deadline = System.nanoTime() + START_LIMIT.toNanos();
        while (!probe.ready()) {
            if (process.awaitEnd(POLL)) {
                throw ended();
            }
            if (System.nanoTime() > deadline) {
                throw new DemoException("%s is not ready after %d s. The end of its log, %s:%n%s"
                        .formatted(capitalised(), START_LIMIT.toSeconds(), log, process.logTail()));
            }
        }
    }

    /** @throws DemoException if the service has ended by itself */
    void requireRunning() {
        GuardedProcess started = process;
        if (started != null && !started.running()) {
            throw ended();
        }
    }

    private DemoException ended() {
        return new DemoException("%s has ended with exit code %d. The end of its log, %s:%n%s"
                .formatted(capitalised(), process.exitCode(), log, process.logTail()));
    }

    private String capitalised() {
        return Character.toUpperCase(name.charAt(0)) + name.substring(1);
    }

    public boolean running() {
        GuardedProcess started = process;
        return started != null && started.running();
    }

    /** Ends the service as {@code kill -9} does. */
    public synchronized void kill() {
        if (process != null) {
            process.kill();
            process = null;
        }
    }

    /** Ends the service in good order. */
    @Override
    public synchronized void close() {
        if (process != null) {
            process.stop();
            process = null;
        }
    }
}
