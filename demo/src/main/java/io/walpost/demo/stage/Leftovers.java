package io.walpost.demo.stage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The processes of an earlier run. When a demo is killed, its processes notice and end, but that takes a moment; a next
 * run waits for it, because they still write into the folder and hold the ports.
 */
final class Leftovers {

    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final Duration POLL = Duration.ofMillis(50);

    private final Path file;

    Leftovers(Path file) {
        this.file = file;
    }

    /** Writes the process id, and when the process began, because ids come round again. */
    synchronized void note(long pid) {
        try {
            long began = ProcessHandle.of(pid).map(Leftovers::began).orElse(0L);
            Files.writeString(file, pid + " " + began + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new DemoException("Cannot write " + file + " (" + e.getMessage() + ").", e);
        }
    }

    void awaitEnd() throws IOException, InterruptedException {
        if (Files.notExists(file)) {
            return;
        }
        List<ProcessHandle> alive = Files.readAllLines(file).stream()
                .map(Leftovers::find)
                .flatMap(Optional::stream)
                .toList();
        Instant deadline = Instant.now().plus(LIMIT);
        while (alive.stream().anyMatch(ProcessHandle::isAlive)) {
            if (Instant.now().isAfter(deadline)) {
                throw new DemoException("Processes of an earlier demo still run: "
                        + alive.stream()
                                .filter(ProcessHandle::isAlive)
                                .map(ProcessHandle::pid)
                                .toList()
                        + ". End them with kill, then try again.");
            }
            Thread.sleep(POLL);
        }
    }

    void forget() throws IOException {
        Files.writeString(file, "");
    }

    private static Optional<ProcessHandle> find(String line) {
        String[] noted = line.split(" ");
        return noted.length == 2 && noted[0].matches("\\d{1,10}") && noted[1].matches("\\d{1,18}")
                ? ProcessHandle.of(Long.parseLong(noted[0]))
                        .filter(process -> began(process) == Long.parseLong(noted[1]))
                : Optional.empty();
    }

    private static long began(ProcessHandle process) {
        return process.info().startInstant().map(Instant::toEpochMilli).orElse(0L);
    }
}
