package io.walpost.localstack;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorInputStream;

/** PostgreSQL's executables, unpacked from the class path once per user and version. */
final class PostgresBinaries {

    private static final int OWNER_EXECUTES = 0100;
    private static final int DIGEST_LETTERS = 12;

    private PostgresBinaries() {}

    /** The folder that holds {@code initdb} and {@code postgres}. */
    static Path bin() throws IOException {
        String archive = archive(System.getProperty("os.name"), System.getProperty("os.arch"));
        if (PostgresBinaries.class.getResource(archive) == null) {
            throw new LocalStackException(
                    "There are no PostgreSQL executables for %s on %s. Use Linux or macOS on an x86_64 or arm64 machine."
                            .formatted(System.getProperty("os.name"), System.getProperty("os.arch")));
        }
        Path installed = cache().resolve("postgresql-" + digest(archive));
        if (Files.notExists(installed)) {
            install(archive, installed);
        }
        return installed.resolve("bin");
    }

    /** The archive's resource name for an operating system and a processor, as {@link System} names them. */
    static String archive(String os, String arch) {
        String system = os.toLowerCase(Locale.ROOT).startsWith("mac") ? "darwin" : os.toLowerCase(Locale.ROOT);
        String machine =
                switch (arch) {
                    case "amd64", "x86_64" -> "x86_64";
                    case "aarch64", "arm64" -> "arm_64";
                    default -> arch;
                };
        return "/postgres-" + system + "-" + machine + ".txz";
    }

    /** Where this user keeps what was unpacked. */
    static Path cache() {
        String xdg = System.getenv("XDG_CACHE_HOME");
        Path home = xdg == null || xdg.isEmpty() ? Path.of(System.getProperty("user.home"), ".cache") : Path.of(xdg);
        return home.resolve("walpost");
    }

    /** Tells one version of a resource from another. */
    static String digest(String archive) throws IOException {
        try (InputStream in = PostgresBinaries.class.getResourceAsStream(archive);
                DigestInputStream digest = new DigestInputStream(in, MessageDigest.getInstance("SHA-256"))) {
            digest.transferTo(OutputStream.nullOutputStream());
            return HexFormat.of().formatHex(digest.getMessageDigest().digest()).substring(0, DIGEST_LETTERS);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-256", e);
        }
    }

    private static void install(String archive, Path target) {
        try {
            unpackAndRename(archive, target);
        } catch (IOException e) {
            throw new LocalStackException(
                    "Cannot unpack PostgreSQL's executables into %s (%s). Free some space there, or set XDG_CACHE_HOME to another folder."
                            .formatted(target.getParent(), e.getMessage()),
                    e);
        }
    }

    /** Nobody ever sees half an installation. */
    private static void unpackAndRename(String archive, Path target) throws IOException {
        Files.createDirectories(target.getParent());
        Path unpacked = Files.createTempDirectory(target.getParent(), "unpacking-");
        try {
            unpack(archive, unpacked);
            Files.move(unpacked, target, StandardCopyOption.ATOMIC_MOVE);
        } catch (FileSystemException e) {
            // The target cannot be replaced if another process was faster, and need not be.
            if (Files.notExists(target)) {
                throw e;
            }
        } finally {
            DataFolder.delete(unpacked);
        }
    }

    private static void unpack(String archive, Path folder) throws IOException {
        try (InputStream in = PostgresBinaries.class.getResourceAsStream(archive);
                TarArchiveInputStream tar =
                        new TarArchiveInputStream(new XZCompressorInputStream(new BufferedInputStream(in)))) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                unpack(tar, entry, folder.resolve(entry.getName()).normalize());
            }
        }
    }

    private static void unpack(TarArchiveInputStream tar, TarArchiveEntry entry, Path file) throws IOException {
        if (entry.isDirectory()) {
            Files.createDirectories(file);
            return;
        }
        Files.createDirectories(file.getParent());
        if (entry.isSymbolicLink()) {
            Files.createSymbolicLink(file, Path.of(entry.getLinkName()));
        } else {
            Files.copy(tar, file);
            if ((entry.getMode() & OWNER_EXECUTES) != 0 && !file.toFile().setExecutable(true)) {
                throw new IOException("Cannot make " + file + " executable");
            }
        }
    }
}
