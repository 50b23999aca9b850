package io.walpost.localstack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/**
 * The folder that one server owns: its data, its log and what a later start needs to know.
 *
 * @param path where it is
 * @param isTemporary whether it goes when its server is closed
 */
record DataFolder(Path path, boolean isTemporary) {

    private static final long MEBIBYTE = 1L << 20;
    private static final long NEEDED_MEBIBYTES = 512;

    DataFolder {
        path = path.toAbsolutePath().normalize();
    }

    static DataFolder permanent(Path path) {
        return new DataFolder(path, false);
    }

    static DataFolder temporary(String server) {
        try {
            return new DataFolder(Files.createTempDirectory("walpost-" + server + "-"), true);
        } catch (IOException e) {
            throw new LocalStackException("Cannot make a temporary folder for " + server + ": " + e.getMessage(), e);
        }
    }

    Path resolve(String name) {
        return path.resolve(name);
    }

    /** Makes the folder and looks whether its disk has room for a server. */
    void prepare(String server) {
        try {
            Files.createDirectories(path);
            long free = Files.getFileStore(path).getUsableSpace() / MEBIBYTE;
            if (free < NEEDED_MEBIBYTES) {
                throw new LocalStackException(
                        "The disk of %s has %d MiB free; %s needs %d MiB. Free some space or choose another folder."
                                .formatted(path, free, server, NEEDED_MEBIBYTES));
            }
        } catch (IOException e) {
            throw new LocalStackException(
                    "Cannot use %s as the data folder of %s (%s). Choose a folder that you may write to."
                            .formatted(path, server, e),
                    e);
        }
    }

    /** Removes a folder and all that is in it, if it exists. */
    static void delete(Path folder) {
        if (Files.notExists(folder)) {
            return;
        }
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot remove " + folder, e);
        }
    }
}
