package io.walpost.localstack;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/** What all servers have in common that run as a child process of this JVM. */
abstract sealed class ChildServer permits PostgresProcess, KafkaProcess, OpenSearchProcess, RedisProcess {

    private static final Duration START_LIMIT = Duration.ofSeconds(180);
    private static final Duration STOP_LIMIT = Duration.ofSeconds(15);
    private static final Duration POLL = Duration.ofMillis(20);

    private final String name;
    private final DataFolder folder;
    private final int port;
    private final String stopSignal;

    private FolderLock lock;
    private volatile GuardedProcess child;

    /** @param stopSignal the signal, such as {@code INT}, upon which the server ends in good order */
    ChildServer(String name, DataFolder folder, int port, String stopSignal) {
        this.name = name;
        this.folder = folder;
        this.port = port;
        this.stopSignal = stopSignal;
    }

    /** Makes the data folder ready for {@link #command}. Called before every start; nothing of the server lives then. */
    abstract void prepare(DataFolder folder) throws IOException, InterruptedException;

    /** The server's command line; its first process must be, or become, the server itself. */
    abstract List<String> command(DataFolder folder) throws IOException, InterruptedException;

    /** True when a client's request would be answered. */
    abstract boolean answers();

    public final synchronized void start() {
        if (running()) {
            return;
        }
        release();
        boolean started = false;
        try {
            folder.prepare(name);
            lock = FolderLock.of(folder, name);
            endOrphan();
            Ports.requireFree(port, name);
            prepare(folder);
            launch();
            started = true;
        } catch (IOException e) {
            throw StartFailure.of(name, folder, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LocalStackException("Interrupted while starting " + name, e);
        } finally {
            if (!started) {
                kill();
                release();
            }
        }
    }

    /** Ends a server that outlived its JVM. This JVM holds the folder's lock, so the server is nobody else's. */
    private void endOrphan() throws IOException {
        ProcessRecord.in(folder).running().ifPresent(orphan -> new ProcessFamily(orphan).end(stopSignal, STOP_LIMIT));
    }

    private void launch() throws IOException, InterruptedException {
        String rubbish = folder.isTemporary() ? folder.path().toString() : "";
        child = GuardedProcess.start(command(folder), Map.of(), folder.log(), stopSignal, rubbish);
        ProcessRecord.in(folder).write(child.handle());
        long deadline = System.nanoTime() + START_LIMIT.toNanos();
        while (!answers()) {
            if (child.awaitEnd(POLL)) {
                throw StartFailure.of(name, folder, "ended while starting", child.log());
            }
            if (System.nanoTime() > deadline) {
                throw StartFailure.of(
                        name, folder, "did not answer within " + START_LIMIT.toSeconds() + " s", child.log());
            }
        }
    }

    public final synchronized void kill() {
        if (running()) {
            child.kill();
        }
        release();
    }

    public final synchronized void pause() {
        requireRunning();
        child.pause();
    }

    public final synchronized void resume() {
        requireRunning();
        child.resume();
    }

    public final boolean running() {
        GuardedProcess current = child;
        return current != null && current.running();
    }

    public final synchronized void close() {
        if (folder.isTemporary()) {
            kill();
            DataFolder.delete(folder.path());
        }
        release();
    }

    /** Ends the server if it runs, and lets go of what belongs to it. */
    private void release() {
        if (child != null) {
            child.stop();
            child = null;
        }
        if (lock != null) {
            lock.release();
            lock = null;
        }
    }

    private void requireRunning() {
        if (!running()) {
            throw new LocalStackException(name + " does not run; start it first.");
        }
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
        GuardedProcess current = child;
        return current != null && current.running() ? OptionalLong.of(current.pid()) : OptionalLong.empty();
    }
}
