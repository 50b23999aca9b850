package io.walpost.localstack;

import io.walpost.localstack.kafka.BrokerMain;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** The class path of the broker's JVM, which has nothing to do with the one of this JVM. */
final class BrokerClassPath {

    private static final String RESOURCE = "/META-INF/walpost/kafka.classpath";

    private BrokerClassPath() {}

    static String read() throws IOException {
        try (InputStream in = BrokerClassPath.class.getResourceAsStream(RESOURCE)) {
            if (in == null) {
                throw new LocalStackException("The broker's class path is missing (resource " + RESOURCE
                        + "). Build the module local-stack/kafka.");
            }
            String libraries = new String(in.readAllBytes(), StandardCharsets.UTF_8).strip();
            requireFiles(libraries);
            return main() + File.pathSeparator + libraries;
        }
    }

    private static void requireFiles(String libraries) {
        for (String library : libraries.split(File.pathSeparator)) {
            if (Files.notExists(Path.of(library))) {
                throw new LocalStackException(
                        "The broker needs " + library + ", which is gone. Build the module local-stack/kafka again.");
            }
        }
    }

    /** Where Maven put the main class: a folder of classes or a jar. */
    private static Path main() {
        try {
            return Path.of(BrokerMain.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException("A code source is a URI", e);
        }
    }
}
