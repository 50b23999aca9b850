package io.walpost.localstack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.UUID;
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

    /** Names the folder; {@link #prepare} makes it, so that a server which nobody starts leaves nothing behind. */
    static DataFolder temporary(String server) {
        return new DataFolder(
                Path.of(System.getProperty("java.io.tmpdir"), "walpost-" + server + "-" + UUID.randomUUID()), true);
    }

    Path resolve(String name) {
        return path.resolve(name);
    }

    /** The server's log from here on. */
    LogFile log() throws IOException {
        return LogFile.from(resolve("server.log"));
    }

    /** Makes the folder and looks whether its disk has room for a server. */
    void prepare(String server) throws IOException {
        Files.createDirectories(
                path, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        requireSpace(server, Files.getFileStore(path).getUsableSpace() / MEBIBYTE);
    }

    void requireSpace(String server, long free) {
        if (free < NEEDED_MEBIBYTES) {
            throw new LocalStackException(
                    "The disk of %s has %d MiB free; %s needs %d MiB. Free some space or choose another folder."
                            .formatted(path, free, server, NEEDED_MEBIBYTES));
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
