package io.walpost.bench.contender;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A program that reads a slot and publishes what it finds, or throws it away. */
public interface Contender {

    /** Its name in results and options, such as {@code relay}. */
    String id();

    /** Its name for people. */
    String label();

    /** Whether what it reads arrives in a topic; otherwise it reports on itself, see {@link Ceiling}. */
    default boolean publishes() {
        return true;
    }

    /**
     * How to start it.
     *
     * @param folder an empty folder, in which it will run
     */
    Launch launch(Assignment assignment, Path folder);

    /** @param environment what is added to the environment */
    record Launch(List<String> command, Map<String, String> environment) {}
}
