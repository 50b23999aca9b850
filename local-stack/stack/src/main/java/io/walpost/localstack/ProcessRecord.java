package io.walpost.localstack;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Notes in a data folder which process is its server, for a later start that finds it still running. */
final class ProcessRecord {

    private static final Pattern FORMAT = Pattern.compile("(\\d{1,10}) (\\d{1,18})\\s*");

    private final Path file;

    private ProcessRecord(Path file) {
        this.file = file;
    }

    static ProcessRecord in(DataFolder folder) {
        return new ProcessRecord(folder.resolve("process"));
    }

    /** Notes the process id, and when the process began, because ids come round again. */
    void write(ProcessHandle process) throws IOException {
        Files.writeString(file, process.pid() + " " + began(process));
    }

    /** The noted process, if it still runs. */
    Optional<ProcessHandle> running() throws IOException {
        if (Files.notExists(file)) {
            return Optional.empty();
        }
        Matcher noted = FORMAT.matcher(Files.readString(file));
        if (!noted.matches()) {
            // A crash cut the note short. The server's own lock files tell the rest.
            return Optional.empty();
        }
        long began = Long.parseLong(noted.group(2));
        return ProcessHandle.of(Long.parseLong(noted.group(1)))
                .filter(Processes::runs)
                .filter(process -> began(process) == began);
    }

    private static long began(ProcessHandle process) {
        return process.info().startInstant().map(Instant::toEpochMilli).orElse(0L);
    }
}
