package io.walpost.bench.contender;

import java.util.List;
import java.util.Map;

/** A program that is measured as a process. */
public sealed interface Contender permits LogReader, ConsumerFunction {

    /** Its name in results and options, such as {@code relay}. */
    String id();

    /** Its name for people. */
    String label();

    /**
     * How to start it.
     *
     * @param environment what is added to the environment
     */
    record Launch(List<String> command, Map<String, String> environment) {}
}
