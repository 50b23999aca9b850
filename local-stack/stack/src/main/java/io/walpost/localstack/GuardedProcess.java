package io.walpost.localstack;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A program that runs beside this JVM and ends with it, however this JVM ends. Ctrl-C in the terminal is for this JVM
 * alone, which ends the program when it is done with it. What the program writes is appended to a log.
 */
public final class GuardedProcess {

    private static final Duration STOP_LIMIT = Duration.ofSeconds(15);

    private final Process process;
    private final LogFile log;
    private final String stopSignal;
    private final OrphanGuard guard;

    private GuardedProcess(Process process, LogFile log, String stopSignal, OrphanGuard guard) {
        this.process = process;
        this.log = log;
        this.stopSignal = stopSignal;
        this.guard = guard;
    }

    /**
     * Starts a program that ends in good order upon SIGTERM, as a JVM does.
     *
     * @param environment what is added to the environment of this JVM
     * @param log the file to append to; its folder must exist, and is where the program runs
     */
    public static GuardedProcess start(List<String> command, Map<String, String> environment, Path log)
            throws IOException {
        return start(command, environment, LogFile.from(log.toAbsolutePath()), "TERM", "");
    }

    /**
     * @param stopSignal the signal, such as {@code INT}, upon which the program ends in good order
     * @param rubbish the folder to remove if this JVM ends first, or nothing
     */
    static GuardedProcess start(
            List<String> command, Map<String, String> environment, LogFile log, String stopSignal, String rubbish)
            throws IOException {
        Process process = Commands.start(Commands.inOwnSession(command), environment, log);
        boolean guarded = false;
        try {
            OrphanGuard guard = OrphanGuard.of(process.pid(), stopSignal, STOP_LIMIT.toSeconds(), rubbish);
            guarded = true;
            return new GuardedProcess(process, log, stopSignal, guard);
        } finally {
            if (!guarded) {
                process.destroyForcibly();
            }
        }
    }

    public long pid() {
        return process.pid();
    }

    public boolean running() {
        return process.isAlive();
    }

    /** True if the program has ended, which it is given the time for. */
    public boolean awaitEnd(Duration limit) throws InterruptedException {
        return process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** How the program ended; it must have ended. */
    public int exitCode() {
        return process.exitValue();
    }

    /** The last lines that the program wrote, without the frames of stack traces. */
    public String logTail() {
        return log.tail();
    }

    /** Ends the program in good order, or with SIGKILL if it takes too long, and returns when it is gone. */
    public void stop() {
        if (running()) {
            family().end(stopSignal, STOP_LIMIT);
            awaitReaped();
        }
        guard.release();
    }

    /** Ends the program and all that it started as {@code kill -9} does, and returns when they are gone. */
    public void kill() {
        if (running()) {
            family().kill(STOP_LIMIT);
            awaitReaped();
        }
        guard.release();
    }

    /** The system knows of a process's end a moment before this JVM does, which has to collect its exit code. */
    private void awaitReaped() {
        process.onExit().join();
    }

    /** Freezes the program and all that it started ({@code SIGSTOP}). It must run. */
    public void pause() {
        family().pause();
        guard.paused(family().pids());
    }

    /** Lets what {@link #pause} froze go on. */
    public void resume() {
        family().resume();
        guard.paused(List.of());
    }

    ProcessHandle handle() {
        return process.toHandle();
    }

    LogFile log() {
        return log;
    }

    private ProcessFamily family() {
        return new ProcessFamily(process.toHandle());
    }
}
