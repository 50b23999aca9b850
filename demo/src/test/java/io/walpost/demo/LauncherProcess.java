package io.walpost.demo;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** {@code ./walpost} as a user runs it, with its output in a file. */
final class LauncherProcess implements AutoCloseable {

    private static final Duration LIMIT = Duration.ofSeconds(120);

    private final Process process;
    private final Path output;

    private LauncherProcess(Process process, Path output) {
        this.process = process;
        this.output = output;
    }

    static LauncherProcess start(Path folder, Map<String, String> environment, String... arguments)
            throws IOException, InterruptedException {
        return start(TestStage.ROOT.resolve("walpost"), folder, environment, arguments);
    }

    /** @param folder an empty one, for the output */
    static LauncherProcess start(Path launcher, Path folder, Map<String, String> environment, String... arguments)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(withDefaultSignals());
        command.add(launcher.toString());
        command.addAll(List.of(arguments));
        Path output = folder.resolve("output.txt");
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
        prepare(builder);
        builder.environment().putAll(environment);
        return new LauncherProcess(builder.start(), output);
    }

    /** The launcher is to run with this JVM. The tests run within a build of its tree: another one must not begin. */
    static void prepare(ProcessBuilder builder) {
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().put("WALPOST_BUILD", "never");
    }

    /** A build that runs in the background ignores SIGINT, and so would all that it starts. */
    private static List<String> withDefaultSignals() throws IOException, InterruptedException {
        List<String> prefix = List.of("env", "--default-signal=INT");
        List<String> trial = new ArrayList<>(prefix);
        trial.add("true");
        boolean known = new ProcessBuilder(trial)
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start()
                        .waitFor()
                == 0;
        return known ? prefix : List.of();
    }

    String output() {
        try {
            return Files.readString(output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String lastLine() {
        return output().lines().toList().getLast();
    }

    void awaitOutput(String text) {
        await(text).atMost(LIMIT).until(() -> {
            String soFar = output();
            if (!process.isAlive() && !soFar.contains(text)) {
                throw new AssertionError("It ended without saying '" + text + "':\n" + soFar);
            }
            return soFar.contains(text);
        });
    }

    int awaitExit() throws InterruptedException {
        if (!process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)) {
            throw new AssertionError("It does not end:\n" + output());
        }
        return process.exitValue();
    }

    /** Everything that it has started, and what that has started. */
    List<ProcessHandle> descendants() {
        return process.descendants().toList();
    }

    static void awaitGone(List<ProcessHandle> processes) {
        await("processes end").atMost(LIMIT).until(() -> processes.stream().noneMatch(LauncherProcess::runs));
    }

    /** A process that nobody has waited for (a zombie) has ended. */
    private static boolean runs(ProcessHandle process) {
        if (!process.isAlive()) {
            return false;
        }
        try (Stream<String> lines = Files.lines(Path.of("/proc", Long.toString(process.pid()), "status"))) {
            return lines.noneMatch(line -> line.startsWith("State:\tZ"));
        } catch (IOException | UncheckedIOException e) {
            return process.isAlive();
        }
    }

    /** @param signal such as INT */
    void signal(String signal) throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid()))
                .inheritIO()
                .start()
                .waitFor();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
