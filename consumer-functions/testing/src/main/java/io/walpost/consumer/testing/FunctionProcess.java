package io.walpost.consumer.testing;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A packaged service as a process of its own, started as in production. The module of the test is a neighbour of the service's,
 * or the service's own.
 */
public final class FunctionProcess implements AutoCloseable {

    private static final String JAVA =
            Path.of(System.getProperty("java.home"), "bin", "java").toString();

    /** Small, so that a backlog that is not bounded shows. */
    private static final String HEAP = "-Xmx128m";

    private final Process process;
    private final Path log;
    private final URI url;

    /**
     * @param function the folder of the service's module, as in {@code billing}
     * @param environment where its servers are
     * @param settings each {@code name=value}
     */
    public FunctionProcess(String function, Map<String, String> environment, String... settings) throws IOException {
        int port = freePort();
        List<String> options =
                Stream.of(settings).map(setting -> "-D" + setting).toList();
        log = Files.createTempFile(Path.of("target"), function, ".log");
        ProcessBuilder builder = builder(function, environment, options, List.of())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        builder.environment().put("QUARKUS_HTTP_PORT", Integer.toString(port));
        process = builder.start();
        url = URI.create("http://127.0.0.1:" + port);
    }

    private static ProcessBuilder builder(
            String function, Map<String, String> environment, List<String> options, List<String> arguments) {
        List<String> command = new ArrayList<>(List.of(JAVA, HEAP, "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
        command.addAll(options);
        command.addAll(List.of(
                "-jar",
                Path.of("..", function, "target", "quarkus-app", "quarkus-run.jar")
                        .toString()));
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().putAll(environment);
        return builder;
    }

    /** Begins a command of a service's program. */
    public static FunctionCommand command(String function, Map<String, String> environment, String... arguments)
            throws IOException {
        Path output = Files.createTempFile(Path.of("target"), function + "-command", ".out");
        Path errors = Files.createTempFile(Path.of("target"), function + "-command", ".err");
        Process command = builder(function, environment, List.of(), List.of(arguments))
                .redirectOutput(output.toFile())
                .redirectError(errors.toFile())
                .start();
        return new FunctionCommand(command, output, errors);
    }

    /** Where it serves. */
    public URI url() {
        return url;
    }

    /** As {@code kill -9} does. */
    public void kill() throws InterruptedException {
        process.destroyForcibly();
        process.waitFor();
    }

    /** Stops it where it stands, as a machine does that is paused. */
    public void freeze() throws IOException, InterruptedException {
        signal("STOP");
    }

    public void thaw() throws IOException, InterruptedException {
        signal("CONT");
    }

    private void signal(String name) throws IOException, InterruptedException {
        int exit = new ProcessBuilder("kill", "-s", name, Long.toString(process.pid()))
                .inheritIO()
                .start()
                .waitFor();
        if (exit != 0) {
            throw new IllegalStateException("SIG" + name + " was not sent to " + process.pid());
        }
    }

    /** As Ctrl-C does; true if it has ended in time. */
    public boolean stop(long seconds) throws InterruptedException {
        process.destroy();
        return process.waitFor(seconds, TimeUnit.SECONDS);
    }

    /** True if it has ended by itself in time. */
    public boolean ends(long seconds) throws InterruptedException {
        return process.waitFor(seconds, TimeUnit.SECONDS);
    }

    public int exitCode() {
        return process.exitValue();
    }

    public String log() throws IOException {
        return Files.readString(log);
    }

    public boolean ready() {
        try {
            return get("/q/health/ready").statusCode() == 200;
        } catch (IOException e) {
            return false;
        }
    }

    public String readiness() throws IOException {
        return get("/q/health/ready").body();
    }

    /** The sum of the series whose line begins so. */
    public double metric(String series) throws IOException {
        Matcher line = Pattern.compile("^" + Pattern.quote(series) + "\\S* (\\S+)$", Pattern.MULTILINE)
                .matcher(get("/q/metrics").body());
        double sum = 0;
        while (line.find()) {
            sum += Double.parseDouble(line.group(1));
        }
        return sum;
    }

    private HttpResponse<String> get(String path) throws IOException {
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(HttpRequest.newBuilder(url.resolve(path)).build(), HttpResponse.BodyHandlers.ofString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
