package io.walpost.localstack;

import java.util.function.BooleanSupplier;
import org.testcontainers.DockerClientFactory;

/** What runs the servers. */
enum Backend {
    /** Child processes of this JVM, which need nothing installed. */
    PROCESSES,

    /** Containers of a Docker engine. */
    CONTAINERS;

    private static final String VARIABLE = "WALPOST_STACK";

    /** What the environment asks for. */
    static Backend current() {
        return of(System.getenv(VARIABLE), () -> DockerClientFactory.instance().isDockerAvailable());
    }

    static Backend of(String wanted, BooleanSupplier engineAnswers) {
        return switch (wanted) {
            case null -> PROCESSES;
            case "", "processes" -> PROCESSES;
            case "containers" -> {
                if (!engineAnswers.getAsBoolean()) {
                    throw new LocalStackException(VARIABLE
                            + "=containers is set, but no Docker engine answers. Start one, or unset the variable to run"
                            + " the servers as plain processes.");
                }
                yield CONTAINERS;
            }
            default ->
                throw new LocalStackException(
                        VARIABLE + "=" + wanted + " is not known. Set it to containers or processes, or unset it.");
        };
    }

    /** What to throw when something is asked for that containers do not offer. */
    static LocalStackException onlyProcesses(String what) {
        return new LocalStackException(what + " is to be had only from plain processes. Unset " + VARIABLE + ".");
    }
}
