package io.walpost.kubernetes;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A program that there is an image of.
 *
 * @param name also the image's
 * @param module the folder of the module that packages it
 * @param port where it serves HTTP
 * @param entrypoint what starts it, to which the arguments of a command are added
 * @param environment settings that a container needs
 */
record Program(String name, String module, int port, List<String> entrypoint, Map<String, String> environment) {

    /** Where the files are in an image. */
    static final String HOME = "/walpost";

    /** The options with which the relay is measured are in the script. */
    private static final Program RELAY =
            new Program("relay", "relay-function/service", 18081, List.of(HOME + "/relay.sh"), Map.of());

    private static final Program BILLING = consumer("billing", 18082);
    private static final Program CACHE_INVALIDATION = consumer("cache-invalidation", 18083);
    private static final Program SEARCH = consumer("search", 18084);

    static Stream<Program> all() {
        return Stream.of(RELAY, BILLING, CACHE_INVALIDATION, SEARCH);
    }

    /** Half of the memory for the heap: the rest is for threads, buffers and the JVM itself. */
    private static Program consumer(String name, int port) {
        return new Program(
                name,
                "consumer-functions/" + name,
                port,
                List.of(
                        "java",
                        "-XX:+UseSerialGC",
                        "-XX:MaxRAMPercentage=50",
                        "-Xss512k",
                        "-XX:+ExitOnOutOfMemoryError",
                        "-jar",
                        HOME + "/quarkus-run.jar"),
                // The transaction manager has a folder, although with one database it keeps nothing there.
                Map.of("QUARKUS_TRANSACTION_MANAGER_OBJECT_STORE_DIRECTORY", "/tmp/walpost-transactions"));
    }
}
