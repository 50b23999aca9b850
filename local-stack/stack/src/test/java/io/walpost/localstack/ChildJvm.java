package io.walpost.localstack;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

/** A program on the class path of this test, in a JVM of its own that the test can kill. */
final class ChildJvm implements AutoCloseable {

    private final Process process;
    private final List<String> output = Collections.synchronizedList(new ArrayList<>());

    private ChildJvm(Process process) {
        this.process = process;
        Thread.ofVirtual().start(this::collect);
    }

    static ChildJvm run(Class<?> main, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                main.getName()));
        command.addAll(List.of(arguments));
        return new ChildJvm(
                new ProcessBuilder(command).redirectErrorStream(true).start());
    }

    private void collect() {
        try (BufferedReader reader = process.inputReader()) {
            reader.lines().forEach(output::add);
        } catch (IOException e) {
            output.add(e.toString());
        }
    }

    /** The given number of lines that begin so, once they are there. */
    List<String> awaitLines(String beginning, int number) {
        return Awaitility.await(beginning)
                .atMost(Duration.ofSeconds(120))
                .failFast(
                        "the program ended",
                        () -> !process.isAlive() && lines(beginning).size() < number)
                .until(() -> lines(beginning), lines -> lines.size() == number);
    }

    private List<String> lines(String beginning) {
        synchronized (output) {
            return output.stream().filter(line -> line.startsWith(beginning)).toList();
        }
    }

    String output() {
        synchronized (output) {
            return String.join("\n", output);
        }
    }

    ProcessHandle handle() {
        return process.toHandle();
    }

    int awaitEnd() throws InterruptedException {
        assertThat(process.waitFor(60, TimeUnit.SECONDS))
                .as(
                        "the end of the program; it said:%n%s%n(A program that was started in the background of a script"
                                + " ignores SIGINT, and so do all that it starts.)",
                        output())
                .isTrue();
        return process.exitValue();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
