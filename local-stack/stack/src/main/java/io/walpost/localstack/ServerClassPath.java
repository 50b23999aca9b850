package io.walpost.localstack;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** The class path of a server's own JVM, which has nothing to do with the one of this JVM. */
final class ServerClassPath {

    private ServerClassPath() {}

    /**
     * @param module the module below {@code local-stack} that runs the server
     * @param main the server's main class, of that module
     */
    static String of(String module, Class<?> main) throws IOException {
        String resource = "/META-INF/walpost/" + module + ".classpath";
        try (InputStream in = main.getResourceAsStream(resource)) {
            if (in == null) {
                throw new LocalStackException("The server's class path is missing (resource " + resource
                        + "). Build the module local-stack/" + module + ".");
            }
            String libraries = new String(in.readAllBytes(), StandardCharsets.UTF_8).strip();
            requireFiles(module, libraries);
            return whereIs(main) + File.pathSeparator + libraries;
        }
    }

    private static void requireFiles(String module, String libraries) {
        for (String library : libraries.split(File.pathSeparator)) {
            if (Files.notExists(Path.of(library))) {
                throw new LocalStackException("The server needs " + library
                        + ", which is gone. Build the module local-stack/" + module + " again.");
            }
        }
    }

    /** Where Maven put the main class: a folder of classes or a jar. */
    private static Path whereIs(Class<?> main) {
        try {
            return Path.of(
                    main.getProtectionDomain().getCodeSource().getLocation().toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException("A code source is a URI", e);
        }
    }
}
