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
    private static final Duration STOP_LIMIT = Duration.ofSeconds(1);

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

    /**
     * Waits until every thread of these processes stands still, as far as the system shows that; for a second at most,
     * as what is stopped and is waiting for a disk shows it only when the disk has answered.
     */
    static void awaitStopped(List<Long> pids) {
        long deadline = System.nanoTime() + STOP_LIMIT.toNanos();
        while (pids.stream().anyMatch(Processes::moves) && System.nanoTime() < deadline) {
            sleep(POLL_MILLIS);
        }
    }

    private static boolean moves(long pid) {
        try (Stream<Path> threads = Files.list(Path.of("/proc", Long.toString(pid), "task"))) {
            for (Path thread : threads.toList()) {
                if (state(thread) != 'T') {
                    return true;
                }
            }
            return false;
        } catch (IOException e) {
            // No /proc on this system, or the process has just gone.
            return false;
        }
    }

    /** It follows the command, which stands in parentheses and may contain some itself. */
    private static char state(Path process) throws IOException {
        String stat = Files.readString(process.resolve("stat"));
        return stat.charAt(stat.lastIndexOf(')') + 2);
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
        if (state(process) != 'Z') {
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
