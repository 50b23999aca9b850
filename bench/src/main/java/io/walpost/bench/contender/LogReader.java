package io.walpost.bench.contender;

import java.nio.file.Path;

/** A program that reads a slot and publishes what it finds, or throws it away. */
public non-sealed interface LogReader extends Contender {

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
}
