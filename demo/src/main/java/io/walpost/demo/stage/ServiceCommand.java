package io.walpost.demo.stage;

import io.walpost.localstack.GuardedProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A command of a service that has run to its end, as {@code ./walpost dlq} runs one.
 *
 * @param output what it printed as its result
 * @param errors everything else that it had to say
 */
public record ServiceCommand(int exitCode, String output, String errors) {

    private static final Duration LIMIT = Duration.ofMinutes(2);

    // The shell gives the two streams a file each and becomes the program.
    private static final List<String> APART = List.of("sh", "-c", "exec \"$@\" >\"$0.out\" 2>\"$0.err\"");

    /** @throws DemoException if it does not end */
    static ServiceCommand run(List<String> command, Map<String, String> environment, Path log)
            throws InterruptedException {
        List<String> apart = new ArrayList<>(APART);
        apart.add(log.toString());
        apart.addAll(command);
        try {
            GuardedProcess process = GuardedProcess.start(apart, environment, log);
            try {
                if (!process.awaitEnd(LIMIT)) {
                    throw new DemoException(
                            "A command has not ended after " + LIMIT.toSeconds() + " s. Its output: " + log + ".out");
                }
            } finally {
                process.stop();
            }
            return new ServiceCommand(
                    process.exitCode(),
                    Files.readString(Path.of(log + ".out")),
                    Files.readString(Path.of(log + ".err")));
        } catch (IOException e) {
            throw new DemoException("Cannot run a command: " + e.getMessage() + ".", e);
        }
    }
}
