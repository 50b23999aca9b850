package io.walpost.localstack;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What a server wrote about itself since it was last started.
 *
 * @param path the log, to which every start appends
 * @param start its length when the server was started
 */
record LogFile(Path path, long start) {

    private static final int TAIL_BYTES = 4096;
    private static final int TAIL_LINES = 12;

    static LogFile from(Path path) throws IOException {
        return new LogFile(path, Files.exists(path) ? Files.size(path) : 0);
    }

    /** The last lines, or nothing if there are none. */
    String tail() {
        try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "r")) {
            long from = Math.max(start, file.length() - TAIL_BYTES);
            file.seek(from);
            byte[] bytes = new byte[(int) (file.length() - from)];
            file.readFully(bytes);
            var lines = new String(bytes, StandardCharsets.UTF_8).lines().toList();
            return String.join("\n", lines.subList(Math.max(0, lines.size() - TAIL_LINES), lines.size()));
        } catch (IOException e) {
            return "";
        }
    }
}
