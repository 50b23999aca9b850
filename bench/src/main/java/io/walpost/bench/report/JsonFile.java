package io.walpost.bench.report;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.walpost.bench.site.BenchException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** All samples, for machines. */
public final class JsonFile {

    private JsonFile() {}

    public static void write(Path file, Report report) {
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            new ObjectMapper()
                    .writerWithDefaultPrettyPrinter()
                    .writeValue(
                            file.toFile(),
                            Map.of(
                                    "machine",
                                            report.machine()
                                                    .description(report.layout().servers()),
                                    "rounds", report.rounds(),
                                    "samples", report.results().samples()));
        } catch (IOException e) {
            throw new BenchException("Cannot write " + file + ": " + e.getMessage(), e);
        }
    }
}
