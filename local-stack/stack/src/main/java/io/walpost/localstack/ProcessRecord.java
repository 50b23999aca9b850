package io.walpost.localstack;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Which process a data folder's server last was, for a later start that finds it still there. */
final class ProcessRecord {

    private final Path file;

    private ProcessRecord(Path file) {
        this.file = file;
    }

    static ProcessRecord in(DataFolder folder) {
        return new ProcessRecord(folder.resolve("process"));
    }

    /** Notes the process id, and when the process began, because ids come round again. */
    void write(ProcessHandle process) throws IOException {
        Files.writeString(file, process.pid() + " " + started(process).toEpochMilli());
    }

    /** Ends the noted process if it still runs. Only whoever holds the folder's lock may ask for that. */
    void endOrphan(String stopSignal, Duration limit) throws IOException {
        Optional<ProcessHandle> orphan = read();
        if (orphan.isPresent()) {
            ProcessHandle process = orphan.get();
            List<ProcessHandle> family =
                    Stream.concat(Stream.of(process), process.descendants()).toList();
            Signals.send(stopSignal, List.of(process.pid()));
            Signals.send("CONT", family.stream().map(ProcessHandle::pid).toList());
            Processes.awaitGone(family, limit);
        }
    }

    private Optional<ProcessHandle> read() throws IOException {
        if (Files.notExists(file)) {
            return Optional.empty();
        }
        String[] parts = Files.readString(file).split(" ");
        if (parts.length != 2) {
            return Optional.empty();
        }
        Instant noted = Instant.ofEpochMilli(Long.parseLong(parts[1]));
        return ProcessHandle.of(Long.parseLong(parts[0]))
                .filter(Processes::runs)
                .filter(process -> started(process).equals(noted));
    }

    private static Instant started(ProcessHandle process) {
        Instant start = process.info().startInstant().orElse(Instant.EPOCH);
        return Instant.ofEpochMilli(start.toEpochMilli());
    }
}
