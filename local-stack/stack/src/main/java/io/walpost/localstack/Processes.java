package io.walpost.localstack;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** Waits for processes that need not be children of this JVM. */
final class Processes {

    private static final long POLL_MILLIS = 5;

    private Processes() {}

    /** Returns when none of them runs any more. */
    static void awaitGone(List<ProcessHandle> processes, Duration limit) {
        long deadline = System.nanoTime() + limit.toNanos();
        for (ProcessHandle process : processes) {
            while (runs(process)) {
                if (System.nanoTime() > deadline) {
                    throw new LocalStackException("Process " + process.pid() + " does not end. End it by hand.");
                }
                pause();
            }
        }
    }

    /** True unless the process has ended. One that nobody has waited for yet (a zombie) has ended. */
    static boolean runs(ProcessHandle process) {
        if (!process.isAlive()) {
            return false;
        }
        Path stat = Path.of("/proc", Long.toString(process.pid()), "stat");
        try {
            String text = Files.readString(stat);
            // The state follows the command, which stands in parentheses and may contain some itself.
            return text.charAt(text.lastIndexOf(')') + 2) != 'Z';
        } catch (IOException e) {
            // No /proc on this system, or the process has just gone.
            return process.isAlive();
        }
    }

    private static void pause() {
        try {
            Thread.sleep(POLL_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LocalStackException("Interrupted while waiting for a process to end", e);
        }
    }
}
