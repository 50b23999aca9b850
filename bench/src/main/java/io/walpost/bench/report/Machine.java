package io.walpost.bench.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.stream.Stream;

/** What it was measured on. */
public record Machine(
        String cpu, int cores, long memoryBytes, String system, String java, String load, LocalDate date) {

    private static final double GIGABYTE = 1L << 30;

    public static Machine thisOne() {
        return new Machine(
                field(Path.of("/proc/cpuinfo"), "model name"),
                Runtime.getRuntime().availableProcessors(),
                Long.parseLong(field(Path.of("/proc/meminfo"), "MemTotal").replaceAll("\\D", "")) << 10,
                System.getProperty("os.name") + " " + System.getProperty("os.version"),
                System.getProperty("java.vendor") + " " + System.getProperty("java.runtime.version"),
                first(Path.of("/proc/loadavg")),
                LocalDate.now(ZoneOffset.UTC));
    }

    private static String field(Path file, String name) {
        try (Stream<String> lines = Files.lines(file)) {
            return lines.filter(line -> line.startsWith(name))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst()
                    .orElse("0");
        } catch (IOException e) {
            return "0";
        }
    }

    private static String first(Path file) {
        try {
            return Files.readString(file).split(" ")[0];
        } catch (IOException e) {
            return "unknown";
        }
    }

    /** @param servers what ran on it beside what was measured */
    String description(String servers) {
        return String.format(
                Locale.ROOT,
                "%d cores (%s), %.0f GB, %s, Java %s, %s on the same machine, %s." + " Load average at the end: %s.",
                cores,
                cpu,
                memoryBytes / GIGABYTE,
                system,
                java,
                servers,
                date,
                load);
    }
}
