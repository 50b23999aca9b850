package io.walpost.localstack;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** Watches processes that need not be children of this JVM. */
final class Processes {

    private static final long POLL_MILLIS = 5;

    private Processes() {}

    /** Waits until none of them runs any more; false if the time runs out first. */
    static boolean awaitGone(List<ProcessHandle> processes, Duration limit) {
        long deadline = System.nanoTime() + limit.toNanos();
        while (processes.stream().anyMatch(Processes::runs)) {
            if (System.nanoTime() > deadline) {
                return false;
            }
            sleep(POLL_MILLIS);
        }
        return true;
    }

    /** True unless the process has ended. One that nobody has waited for yet (a zombie) has ended. */
    static boolean runs(ProcessHandle process) {
        if (!process.isAlive()) {
            return false;
        }
        try {
            return !isZombie(Path.of("/proc", Long.toString(process.pid())));
        } catch (IOException e) {
            // No /proc on this system, or the process has just gone.
            return process.isAlive();
        }
    }

    private static boolean isZombie(Path process) throws IOException {
        String stat = Files.readString(process.resolve("stat"));
        // The state follows the command, which stands in parentheses and may contain some itself.
        if (stat.charAt(stat.lastIndexOf(')') + 2) != 'Z') {
            return false;
        }
        // That is the state of the main thread; others may still hold the process's files and sockets.
        try (Stream<Path> threads = Files.list(process.resolve("task"))) {
            return threads.count() <= 1;
        }
    }

    /** The pause between two looks at something that another process has to bring about. */
    static void sleep(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LocalStackException("Interrupted while waiting for a server", e);
        }
    }
}
