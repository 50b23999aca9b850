package io.walpost.relay.faults;

import io.walpost.localstack.GuardedProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The relay in a JVM of its own, as often as it is started. */
final class RelayProcess implements AutoCloseable {

    private final List<String> command = new ArrayList<>(List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx192m",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-Djava.util.logging.config.file=" + System.getProperty("java.util.logging.config.file"),
            "-cp",
            System.getProperty("java.class.path"),
            RelayMain.class.getName()));

    private final Path folder;
    private GuardedProcess process;

    RelayProcess(String... arguments) {
        command.addAll(List.of(arguments));
        try {
            folder = Files.createTempDirectory("walpost-relay");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void start() {
        try {
            process = GuardedProcess.start(command, java.util.Map.of(), log());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path log() {
        return folder.resolve("relay.log");
    }

    boolean running() {
        return process.running();
    }

    void kill() {
        process.kill();
    }

    /** Asks it to end in good order, and waits for that. */
    void stop() {
        process.stop();
    }

    void pause() {
        process.pause();
    }

    void resume() {
        process.resume();
    }

    String logTail() {
        return process.logTail();
    }

    @Override
    public void close() throws IOException {
        if (process != null) {
            process.kill();
        }
        Files.deleteIfExists(log());
        Files.delete(folder);
    }
}
