package io.walpost.localstack;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** PostgreSQL's {@code postmaster.pid}, which a killed server leaves behind. */
final class PostmasterFile {

    private PostmasterFile() {}

    /**
     * Removes the file if the process that it names runs but is not PostgreSQL. Process ids come round again, after a
     * reboot even soon, and PostgreSQL would take any such process for itself and refuse to start.
     */
    static void removeIfMistaken(Path data) throws IOException {
        Path file = data.resolve("postmaster.pid");
        if (Files.exists(file)) {
            String pid = Files.readAllLines(file).getFirst().strip();
            boolean mistaken = ProcessHandle.of(Long.parseLong(pid))
                    .flatMap(process -> process.info().command())
                    .filter(command ->
                            !Path.of(command).getFileName().toString().equals("postgres"))
                    .isPresent();
            if (mistaken) {
                Files.delete(file);
            }
        }
    }
}
