package io.walpost.localstack;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** What all servers have in common that run as a child process of this JVM. */
abstract sealed class ChildServer permits PostgresProcess, KafkaProcess {

    private static final Duration START_LIMIT = Duration.ofSeconds(60);
    private static final Duration STOP_LIMIT = Duration.ofSeconds(15);
    private static final Duration POLL = Duration.ofMillis(20);

    private final String name;
    private final DataFolder folder;
    private final int port;
    private final String stopSignal;

    private FolderLock lock;
    private volatile Process process;
    private OrphanGuard guard;

    /** @param stopSignal the signal, such as {@code INT}, upon which the server ends in good order */
    ChildServer(String name, DataFolder folder, int port, String stopSignal) {
        this.name = name;
        this.folder = folder;
        this.port = port;
        this.stopSignal = stopSignal;
    }

    /** Makes the data folder ready for {@link #command}. Called before every start; nothing of the server lives then. */
    abstract void prepare(DataFolder folder) throws IOException, InterruptedException;

    /** The server's command line; its first process must be the server itself. */
    abstract List<String> command(DataFolder folder) throws IOException, InterruptedException;

    /** True when a client's request would be answered. */
    abstract boolean answers();

    public final synchronized void start() {
        if (running()) {
            return;
        }
        forget();
        folder.prepare(name);
        if (lock == null) {
            lock = FolderLock.of(folder, name);
        }
        try {
            ProcessRecord.in(folder).endOrphan(stopSignal, STOP_LIMIT);
            Ports.requireFree(port, name);
            prepare(folder);
            launch();
        } catch (IOException e) {
            throw new LocalStackException(
                    "%s cannot start in %s: %s".formatted(name, folder.path(), e.getMessage()), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LocalStackException("Interrupted while starting " + name, e);
        }
    }

    private void launch() throws IOException, InterruptedException {
        LogFile log = LogFile.from(folder.resolve("server.log"));
        Process child = new ProcessBuilder(command(folder))
                .directory(folder.path().toFile())
                .redirectInput(Redirect.from(Path.of("/dev/null").toFile()))
                .redirectErrorStream(true)
                .redirectOutput(Redirect.appendTo(log.path().toFile()))
                .start();
        process = child;
        guard = OrphanGuard.of(child.pid(), stopSignal, STOP_LIMIT.toSeconds(), folder);
        ProcessRecord.in(folder).write(child.toHandle());
        long deadline = System.nanoTime() + START_LIMIT.toNanos();
        while (!answers()) {
            if (child.waitFor(POLL.toMillis(), TimeUnit.MILLISECONDS) || System.nanoTime() > deadline) {
                boolean ended = !child.isAlive();
                kill();
                throw StartFailure.of(name, ended, folder, log);
            }
        }
    }

    public final synchronized void kill() {
        Process child = process;
        if (child != null) {
            // A stopped process starts no others, so the list of its descendants stays complete.
            Signals.send("STOP", List.of(child.pid()));
            List<ProcessHandle> family = family(child);
            Signals.send("KILL", pids(family));
            Processes.awaitGone(family, STOP_LIMIT);
            forget();
        }
    }

    public final synchronized void pause() {
        Process child = requireRunning();
        Signals.send("STOP", List.of(child.pid()));
        Signals.send("STOP", pids(family(child)));
    }

    public final synchronized void resume() {
        Signals.send("CONT", pids(family(requireRunning())));
    }

    public final boolean running() {
        Process child = process;
        return child != null && child.isAlive();
    }

    public final synchronized void close() {
        if (folder.isTemporary()) {
            kill();
            DataFolder.delete(folder.path());
        } else if (running()) {
            Signals.send(stopSignal, List.of(process.pid()));
            Signals.send("CONT", pids(family(process)));
            awaitEnd();
        }
        forget();
        if (lock != null) {
            lock.release();
            lock = null;
        }
    }

    private void awaitEnd() {
        try {
            if (!process.waitFor(STOP_LIMIT.toSeconds(), TimeUnit.SECONDS)) {
                kill();
            }
        } catch (InterruptedException e) {
            kill();
            Thread.currentThread().interrupt();
        }
    }

    private void forget() {
        process = null;
        if (guard != null) {
            guard.release();
            guard = null;
        }
    }

    private Process requireRunning() {
        Process child = process;
        if (child == null || !child.isAlive()) {
            throw new LocalStackException(name + " does not run; start it first.");
        }
        return child;
    }

    private static List<ProcessHandle> family(Process child) {
        return Stream.concat(Stream.of(child.toHandle()), child.descendants()).toList();
    }

    private static List<Long> pids(List<ProcessHandle> processes) {
        return processes.stream().map(ProcessHandle::pid).toList();
    }

    public final String name() {
        return name;
    }

    public final int port() {
        return port;
    }

    public final Path dataFolder() {
        return folder.path();
    }

    public final OptionalLong pid() {
        Process child = process;
        return child != null && child.isAlive() ? OptionalLong.of(child.pid()) : OptionalLong.empty();
    }

    /** Runs a program of the server to its end, with its output in the server's log. */
    static void run(String name, DataFolder folder, List<String> command) throws IOException, InterruptedException {
        LogFile log = LogFile.from(folder.resolve("server.log"));
        Files.createDirectories(folder.path());
        int status = new ProcessBuilder(new ArrayList<>(command))
                .redirectErrorStream(true)
                .redirectOutput(Redirect.appendTo(log.path().toFile()))
                .start()
                .waitFor();
        if (status != 0) {
            throw StartFailure.of(name, true, folder, log);
        }
    }
}
