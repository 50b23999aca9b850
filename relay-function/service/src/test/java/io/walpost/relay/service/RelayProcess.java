package io.walpost.relay.service;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The packaged relay as a process of its own. */
final class RelayProcess implements AutoCloseable {

    private static final Path JAR = Path.of("target", "quarkus-app", "quarkus-run.jar");

    /** A relay that writes its AOT cache at its end takes a while. */
    private static final int END_SECONDS = 120;

    private final HttpClient http = HttpClient.newHttpClient();
    private final int port = freePort();
    private final Path log;
    private final Process process;

    RelayProcess(Map<String, String> environment, String... arguments) {
        this(Stream.concat(java().stream(), Stream.of(arguments)).toList(), environment);
    }

    RelayProcess(List<String> command, Map<String, String> environment) {
        try {
            log = Files.createTempFile("relay", ".log");
            ProcessBuilder builder =
                    new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
            builder.environment().put("QUARKUS_HTTP_PORT", String.valueOf(port));
            builder.environment().putAll(environment);
            process = builder.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The command line up to the relay's own arguments, with what the launcher gives to commands. */
    static List<String> java() {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        return List.of(java, "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-jar", JAR.toString());
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String log() {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    boolean alive() {
        return process.isAlive();
    }

    /** Waits for an end that the process chose itself. */
    int exitCode() throws InterruptedException {
        if (!process.waitFor(END_SECONDS, TimeUnit.SECONDS)) {
            throw new AssertionError("The relay still runs after " + END_SECONDS + " s:\n" + log());
        }
        return process.exitValue();
    }

    /** Asks it to end, as an orchestrator does. */
    int terminate() throws InterruptedException {
        process.destroy();
        return exitCode();
    }

    /** The answer to a GET; its status is 0 while nobody listens. */
    Answer get(String path) {
        return send(HttpRequest.newBuilder(uri(path)).timeout(Duration.ofSeconds(10)));
    }

    /** The answer to a request; its status is 0 if there is none. */
    Answer send(HttpRequest.Builder request) {
        try {
            HttpResponse<String> response = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
            return new Answer(response.statusCode(), response.body(), response.headers());
        } catch (IOException notUpYetOrGone) {
            return new Answer(0, "", HttpHeaders.of(Map.of(), (name, value) -> true));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    URI uri(String path) {
        return URI.create("http://127.0.0.1:" + port + path);
    }

    record Answer(int status, String body, HttpHeaders headers) {}

    void awaitReady() {
        await().atMost(Duration.ofSeconds(40))
                .until(() -> get("/q/health/ready").status() == 200);
    }

    /** A metric without tags; not a number as long as it is not there, which the first moments of a process are. */
    double metric(String name) {
        return get("/q/metrics")
                .body()
                .lines()
                .filter(line -> line.startsWith(name + " "))
                .mapToDouble(line -> Double.parseDouble(line.substring(name.length() + 1)))
                .findFirst()
                .orElse(Double.NaN);
    }

    @Override
    public void close() throws IOException {
        process.destroyForcibly().onExit().join();
        http.close();
        Files.delete(log);
    }
}
