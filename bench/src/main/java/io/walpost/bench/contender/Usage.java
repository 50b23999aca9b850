package io.walpost.bench.contender;

import io.walpost.bench.site.BenchException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/**
 * What a process has used up, as Linux counts it.
 *
 * @param peakBytes the most memory that was resident at once
 * @param cpu the time that all its threads, ended ones too, ran for it in user and kernel mode
 */
public record Usage(long peakBytes, Duration cpu) {

    /** USER_HZ, the unit of the times in /proc, which is 100 on every Linux that runs a JVM. */
    private static final int TICKS_PER_SECOND = 100;

    private static final int USER_TICKS = 11;
    private static final int KERNEL_TICKS = 12;

    static Usage of(long pid) {
        Path folder = Path.of("/proc", Long.toString(pid));
        try {
            return new Usage(
                    peak(Files.readString(folder.resolve("status"))), cpu(Files.readString(folder.resolve("stat"))));
        } catch (IOException e) {
            throw new BenchException(
                    "Cannot read what process " + pid + " uses: " + e.getMessage() + ". The benchmark needs Linux.", e);
        }
    }

    static long peak(String status) {
        return status.lines()
                .filter(line -> line.startsWith("VmHWM:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) << 10)
                .findFirst()
                .orElseThrow(() -> new BenchException("The kernel does not tell the peak of resident memory (VmHWM)"));
    }

    /** The second field is the program's name in parentheses, which may hold anything: the third follows the last. */
    static Duration cpu(String stat) {
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
        long ticks = Long.parseLong(fields[USER_TICKS]) + Long.parseLong(fields[KERNEL_TICKS]);
        return Duration.ofSeconds(1).multipliedBy(ticks).dividedBy(TICKS_PER_SECOND);
    }
}
