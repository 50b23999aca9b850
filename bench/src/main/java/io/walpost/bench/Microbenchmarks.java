package io.walpost.bench;

import io.walpost.bench.jmh.DecoderBenchmark;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.format.ResultFormatType;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/** Runs the microbenchmarks, with what they allocate. */
final class Microbenchmarks {

    private Microbenchmarks() {}

    static void run(Path result) throws RunnerException, IOException {
        Files.createDirectories(result.toAbsolutePath().getParent());
        new Runner(new OptionsBuilder()
                        .include(DecoderBenchmark.class.getPackageName())
                        .addProfiler(GCProfiler.class)
                        .resultFormat(ResultFormatType.JSON)
                        .result(result.toString())
                        .build())
                .run();
    }
}
