package io.walpost.bench.contender;

import io.walpost.bench.contender.Contender.Launch;
import io.walpost.bench.site.BenchException;
import io.walpost.localstack.GuardedProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A contender's process. Closing it ends it as an orchestrator does. */
public final class RunningContender implements AutoCloseable {

    private static final Duration END_LIMIT = Duration.ofMinutes(2);

    private final Contender contender;
    private final GuardedProcess process;
    private final Path log;
    private final Instant startedAt;

    private RunningContender(Contender contender, GuardedProcess process, Path log, Instant startedAt) {
        this.contender = contender;
        this.process = process;
        this.log = log;
        this.startedAt = startedAt;
    }

    /** @param folder for its log and what else it writes; made here */
    public static RunningContender start(LogReader contender, Assignment assignment, Path folder) {
        return start(contender, () -> contender.launch(assignment, folder), folder);
    }

    /**
     * @param settings environment variables that say where its topic and its sink are
     * @param folder for its log; made here
     */
    public static RunningContender start(ConsumerFunction contender, Map<String, String> settings, Path folder) {
        return start(contender, () -> contender.launch(settings), folder);
    }

    private static RunningContender start(Contender contender, Supplier<Launch> launching, Path folder) {
        try {
            Files.createDirectories(folder);
            Launch launch = launching.get();
            Path log = folder.resolve("log");
            Instant startedAt = Instant.now();
            return new RunningContender(
                    contender, GuardedProcess.start(launch.command(), launch.environment(), log), log, startedAt);
        } catch (IOException e) {
            throw new BenchException("Cannot start " + contender.id() + ": " + e.getMessage(), e);
        }
    }

    /** When its process was started. */
    public Instant startedAt() {
        return startedAt;
    }

    /** What it has used up so far; it must run. */
    public Usage usage() {
        return Usage.of(process.pid());
    }

    /** @throws BenchException if it has ended, which a contender that publishes never does by itself */
    public void requireRunning() {
        if (!process.running()) {
            throw new BenchException("%s has ended with exit code %d. The end of its log, %s:%n%s"
                    .formatted(contender.id(), process.exitCode(), log, process.logTail()));
        }
    }

    /** Waits for its end. Returns the rest of the line of its output that begins so. */
    public String result(String prefix, Duration limit) throws InterruptedException {
        if (!process.awaitEnd(limit)) {
            throw new BenchException(contender.id() + " does not end; its log is " + log);
        }
        return written("^" + Pattern.quote(prefix) + "(.*)$")
                .orElseThrow(() -> new BenchException(contender.id() + " failed; its log is " + log));
    }

    /** What it has written so far that a pattern's group stands for, in the first line that has it. */
    Optional<String> written(String pattern) {
        try {
            Matcher matcher = Pattern.compile(pattern, Pattern.MULTILINE).matcher(Files.readString(log));
            return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
        } catch (IOException e) {
            throw new BenchException("Cannot read " + log + ": " + e.getMessage(), e);
        }
    }

    /** The relay writes its AOT cache at its end, if it was asked to, which takes longer than a stop may otherwise. */
    @Override
    public void close() {
        ProcessHandle.of(process.pid()).ifPresent(ProcessHandle::destroy);
        try {
            process.awaitEnd(END_LIMIT);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        process.stop();
    }
}
