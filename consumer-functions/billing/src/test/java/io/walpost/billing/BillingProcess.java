package io.walpost.billing;

import java.io.File;
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
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The packaged billing service as a process of its own, started as in production. */
final class BillingProcess implements AutoCloseable {

    private static final String JAVA =
            Path.of(System.getProperty("java.home"), "bin", "java").toString();
    private static final File JAR = new File("target/quarkus-app/quarkus-run.jar");

    /** Small, so that a backlog that is not bounded shows. */
    private static final String HEAP = "-Xmx128m";

    private final Process process;
    private final Path log;
    private final URI url;

    /** @param settings each {@code name=value} */
    BillingProcess(String jdbcUrl, String user, String password, String bootstrapServers, String... settings)
            throws IOException {
        int port = freePort();
        List<String> options =
                Stream.of(settings).map(setting -> "-D" + setting).toList();
        log = Files.createTempFile(Path.of("target"), "billing-process", ".log");
        ProcessBuilder builder =
                builder(options, List.of()).redirectErrorStream(true).redirectOutput(log.toFile());
        builder.environment().put("QUARKUS_HTTP_PORT", Integer.toString(port));
        setServers(builder, jdbcUrl, user, password, bootstrapServers);
        process = builder.start();
        url = URI.create("http://127.0.0.1:" + port);
    }

    /** The program with options of the JVM and arguments; its servers are to be set. */
    static ProcessBuilder builder(List<String> options, List<String> arguments) {
        List<String> command = new ArrayList<>(List.of(JAVA, HEAP));
        command.addAll(options);
        command.addAll(List.of("-jar", JAR.getPath()));
        command.addAll(arguments);
        return new ProcessBuilder(command);
    }

    static void setServers(
            ProcessBuilder builder, String jdbcUrl, String user, String password, String bootstrapServers) {
        builder.environment().put("QUARKUS_DATASOURCE_JDBC_URL", jdbcUrl);
        builder.environment().put("QUARKUS_DATASOURCE_USERNAME", user);
        builder.environment().put("QUARKUS_DATASOURCE_PASSWORD", password);
        builder.environment().put("KAFKA_BOOTSTRAP_SERVERS", bootstrapServers);
    }

    /** As {@code kill -9} does. */
    void kill() throws InterruptedException {
        process.destroyForcibly();
        process.waitFor();
    }

    /** As Ctrl-C does; true if it has ended in time. */
    boolean stop(long seconds) throws InterruptedException {
        process.destroy();
        return process.waitFor(seconds, TimeUnit.SECONDS);
    }

    /** True if it has ended by itself in time. */
    boolean ends(long seconds) throws InterruptedException {
        return process.waitFor(seconds, TimeUnit.SECONDS);
    }

    int exitCode() {
        return process.exitValue();
    }

    String log() throws IOException {
        return Files.readString(log);
    }

    boolean ready() {
        try {
            return get("/q/health/ready").statusCode() == 200;
        } catch (IOException e) {
            return false;
        }
    }

    String readiness() throws IOException {
        return get("/q/health/ready").body();
    }

    /** The sum of the series whose line begins so. */
    double metric(String series) throws IOException {
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
