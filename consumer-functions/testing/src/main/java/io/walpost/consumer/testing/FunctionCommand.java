package io.walpost.consumer.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** A command of a service's program that runs. */
public record FunctionCommand(Process process, Path output, Path errors) {

    private static final long LIMIT_SECONDS = 120;

    /** What it left behind. */
    public record Finished(int exitCode, String output, String errors) {}

    /** Waits for its end. */
    public Finished await() throws IOException, InterruptedException {
        try {
            if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
                throw new IllegalStateException("The command does not end: " + Files.readString(errors));
            }
        } finally {
            process.destroyForcibly();
        }
        return new Finished(process.exitValue(), Files.readString(output), Files.readString(errors));
    }
}
