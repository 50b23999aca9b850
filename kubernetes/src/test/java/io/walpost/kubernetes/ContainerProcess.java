package io.walpost.kubernetes;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The files of an image, run with the environment of a manifest. */
final class ContainerProcess implements AutoCloseable {

    private static final int END_SECONDS = 120;

    private final HttpClient http = HttpClient.newHttpClient();
    private final int port;
    private final Path log;
    private final Process process;

    /**
     * @param root a folder with the files of the image, and with those that are mounted into it
     * @param arguments what a manifest adds to the entry point
     * @param environment nothing but this
     */
    ContainerProcess(ImageArchive image, Path root, List<String> arguments, Map<String, String> environment)
            throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            port = socket.getLocalPort();
        }
        log = Files.createTempFile("container", ".log");
        List<String> command = new ArrayList<>(image.entrypoint());
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(Sandbox.command(image, root, command))
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        builder.environment().clear();
        String java = System.getProperty("java.home");
        image.environment()
                .forEach(variable -> builder.environment().put(variable.split("=", 2)[0], variable.split("=", 2)[1]));
        builder.environment().put("JAVA_HOME", java);
        builder.environment().put("PATH", java + "/bin:/usr/sbin:/usr/bin:/sbin:/bin");
        builder.environment().putAll(environment);
        // Other programs of this machine have the manifest's port.
        builder.environment().put("QUARKUS_HTTP_PORT", Integer.toString(port));
        process = builder.start();
    }

    /** The status of the answer; 0 while nobody listens. */
    int get(String path) {
        return send(HttpRequest.newBuilder(uri(path)).timeout(Duration.ofSeconds(10)));
    }

    int send(HttpRequest.Builder request) {
        if (!process.isAlive()) {
            throw new AssertionError("It has ended with " + process.exitValue() + ":\n" + log());
        }
        try {
            return http.send(request.build(), HttpResponse.BodyHandlers.discarding())
                    .statusCode();
        } catch (IOException notUpYet) {
            return 0;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    URI uri(String path) {
        return URI.create("http://127.0.0.1:" + port + path);
    }

    /** Waits for the end that it comes to by itself. */
    int exitCode() throws InterruptedException {
        if (!process.waitFor(END_SECONDS, TimeUnit.SECONDS)) {
            throw new AssertionError("It still runs after " + END_SECONDS + " s:\n" + log());
        }
        return process.exitValue();
    }

    /** Asks it to end, as Kubernetes does. */
    int terminate() throws InterruptedException {
        process.destroy();
        return exitCode();
    }

    /** The most memory that it has had, in bytes. */
    long peakMemory() throws IOException {
        return Files.readAllLines(Path.of("/proc", Long.toString(process.pid()), "status")).stream()
                .filter(line -> line.startsWith("VmHWM:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1024)
                .findFirst()
                .orElseThrow();
    }

    String log() {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Override
    public void close() throws IOException {
        process.destroyForcibly().onExit().join();
        http.close();
        Files.delete(log);
    }
}
