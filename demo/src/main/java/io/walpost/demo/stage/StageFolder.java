package io.walpost.demo.stage;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Where a stage keeps its data and its logs. One stage uses it at a time, and finds nothing of the one before. */
public final class StageFolder implements AutoCloseable {

    private static final long FULL_BYTES = 1 << 20;
    private static final String MARK = "walpost-stage";

    private final Path path;
    private final Leftovers leftovers;
    private FileChannel lock;

    public StageFolder(Path path) {
        this.path = path.toAbsolutePath().normalize();
        this.leftovers = new Leftovers(this.path.resolve(MARK));
    }

    public Path path() {
        return path;
    }

    Path postgres() {
        return path.resolve("postgres");
    }

    Path billingPostgres() {
        return path.resolve("billing-postgres");
    }

    Path kafka() {
        return path.resolve("kafka");
    }

    Path redis() {
        return path.resolve("redis");
    }

    Path openSearch() {
        return path.resolve("opensearch");
    }

    public Path logs() {
        return path.resolve("logs");
    }

    Path log(String name) {
        return logs().resolve(name + ".log");
    }

    /**
     * Takes the folder and empties it.
     *
     * @throws DemoException if it holds what no stage has put there, or another run uses it
     */
    synchronized void clear() throws InterruptedException {
        try {
            requireOurs();
            Files.createDirectories(path);
            lock();
            leftovers.awaitEnd();
            for (Path folder : List.of(postgres(), billingPostgres(), kafka(), redis(), openSearch(), logs())) {
                delete(folder);
            }
            leftovers.forget();
            Files.createDirectories(logs());
        } catch (IOException | UncheckedIOException e) {
            throw new DemoException(
                    "The folder %s cannot be used (%s). Choose another with --data.".formatted(path, e.getMessage()),
                    e);
        }
    }

    /** A folder that a person has named by mistake must not lose what is in it. */
    private void requireOurs() throws IOException {
        if (Files.exists(path.resolve(MARK)) || Files.notExists(path)) {
            return;
        }
        if (!Files.isDirectory(path)) {
            throw new DemoException(path + " is not a folder. Choose another with --data.");
        }
        try (Stream<Path> files = Files.list(path)) {
            if (files.findAny().isPresent()) {
                throw new DemoException("The folder " + path
                        + " is not empty, and no demo has made it: it stays as it is. Choose another with --data.");
            }
        }
    }

    private void lock() throws IOException {
        // A file of its own: closing any other stream to the locked file would give the lock back.
        lock = FileChannel.open(path.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        boolean locked = false;
        try {
            locked = lock.tryLock() != null;
        } catch (OverlappingFileLockException heldByThisJvm) {
            // Also in use.
        } finally {
            if (!locked) {
                lock.close();
                lock = null;
            }
        }
        if (!locked) {
            throw new DemoException("Another demo uses the folder " + path
                    + ". Stop it, or choose another folder with --data and other ports with --port-base.");
        }
    }

    /** Whether the parts can hardly write there any more. */
    public boolean isFull() {
        try {
            return Files.exists(path) && Files.getFileStore(path).getUsableSpace() < FULL_BYTES;
        } catch (IOException e) {
            return false;
        }
    }

    /** Notes a process, for a later run that finds it still there. */
    void note(long pid) {
        leftovers.note(pid);
    }

    private static void delete(Path folder) throws IOException {
        if (Files.notExists(folder)) {
            return;
        }
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }

    /** Lets another run take the folder. */
    @Override
    public synchronized void close() {
        try {
            if (lock != null) {
                lock.close();
                lock = null;
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
