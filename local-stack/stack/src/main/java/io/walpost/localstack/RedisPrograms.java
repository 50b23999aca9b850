package io.walpost.localstack;

import java.io.IOException;
import java.io.InputStream;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Locale;
import java.util.Optional;
import redis.embedded.core.ExecutableProvider;
import redis.embedded.model.OsArchitecture;

/** The {@code redis-server} to run: the one on the class path, unpacked once per user and version, or that of the system. */
final class RedisPrograms {

    private static final String OF_THE_SYSTEM = "redis-server";

    private RedisPrograms() {}

    /** @throws LocalStackException if none runs on this machine */
    static String server() throws IOException, InterruptedException {
        Optional<String> resource = resource(System.getProperty("os.name"), System.getProperty("os.arch"));
        if (resource.isPresent()) {
            String bundled = install(resource.get()).toString();
            // It needs the system's OpenSSL 3.
            if (runs(bundled)) {
                return bundled;
            }
        }
        if (runs(OF_THE_SYSTEM)) {
            return OF_THE_SYSTEM;
        }
        throw new LocalStackException("There is no redis-server that runs on this machine (%s on %s). Install it."
                .formatted(System.getProperty("os.name"), System.getProperty("os.arch")));
    }

    /** The executable's resource name for an operating system and a processor, as {@link System} names them. */
    static Optional<String> resource(String os, String arch) {
        boolean mac = os.toLowerCase(Locale.ROOT).startsWith("mac");
        if (!mac && !os.equals("Linux")) {
            return Optional.empty();
        }
        OsArchitecture platform =
                switch (arch) {
                    case "amd64", "x86_64" -> mac ? OsArchitecture.MAC_OS_X_x86_64 : OsArchitecture.UNIX_x86_64;
                    case "aarch64", "arm64" -> mac ? OsArchitecture.MAC_OS_X_ARM64 : OsArchitecture.UNIX_AARCH64;
                    default -> null;
                };
        return Optional.ofNullable(platform).map(ExecutableProvider.newProvidedVersionsMap()::get);
    }

    private static Path install(String resource) throws IOException {
        Path installed = PostgresBinaries.cache()
                .resolve("redis-" + PostgresBinaries.digest(resource))
                .resolve(OF_THE_SYSTEM);
        if (Files.notExists(installed)) {
            Files.createDirectories(installed.getParent());
            Path unpacked = Files.createTempFile(installed.getParent(), "unpacking-", "");
            try (InputStream in = RedisPrograms.class.getResourceAsStream(resource)) {
                Files.copy(in, unpacked, StandardCopyOption.REPLACE_EXISTING);
            }
            if (!unpacked.toFile().setExecutable(true)) {
                throw new IOException("Cannot make " + unpacked + " executable");
            }
            // Nobody ever sees half of it; whoever else was at it has unpacked the same.
            Files.move(unpacked, installed, StandardCopyOption.ATOMIC_MOVE);
        }
        return installed;
    }

    private static boolean runs(String program) throws InterruptedException {
        try {
            return new ProcessBuilder(program, "--version")
                            .redirectOutput(Redirect.DISCARD)
                            .redirectError(Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException notThere) {
            return false;
        }
    }
}
