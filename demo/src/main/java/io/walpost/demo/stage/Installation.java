package io.walpost.demo.stage;

import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The built tree whose services the demo runs.
 *
 * @param root the folder with the launcher {@code walpost}
 */
public record Installation(Path root) {

    private static final String PROPERTY = "walpost.home";

    public Installation {
        root = root.toAbsolutePath().normalize();
    }

    /** The tree that the launcher named. */
    public static Installation ofLauncher() {
        String home = System.getProperty(PROPERTY);
        if (home == null) {
            throw new DemoException("The demo is started by ./walpost demo, which knows where its parts are.");
        }
        return new Installation(Path.of(home));
    }

    /** Where a stage keeps its data when nobody says otherwise. */
    public Path data() {
        return root.resolve(".walpost/demo");
    }

    /** The launcher, as it can be named where this program was started. */
    public Path launcher() {
        return root.equals(Path.of("").toAbsolutePath().normalize()) ? Path.of("./walpost") : root.resolve("walpost");
    }

    Path orders() {
        return packaged("sample-app");
    }

    Path relay() {
        return packaged("relay-function/service");
    }

    Path program(ConsumerFunction function) {
        return packaged("consumer-functions/" + function.label());
    }

    private Path packaged(String module) {
        Path jar = root.resolve(module).resolve("target/quarkus-app/quarkus-run.jar");
        if (Files.notExists(jar)) {
            throw new DemoException(jar + " is missing. Run ./walpost demo, which builds it.");
        }
        return jar;
    }
}
