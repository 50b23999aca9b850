package io.walpost.bench.contender;

import java.nio.file.Path;

/** The Java that runs the benchmark, and all contenders. */
final class Jvm {

    private Jvm() {}

    static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }
}
