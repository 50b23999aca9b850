package io.walpost.relay.pgoutput;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/**
 * Messages as PostgreSQL 17 wrote them, a line of hexadecimal digits each. {@link PostgresScenarioTest} records them
 * anew when it runs with {@code -Dwalpost.fixtures.record=true}.
 */
final class Fixtures {

    static final Path FILE = Path.of("src/test/resources/pgoutput/postgresql-17.hex");

    private static final String COMMENT = "#";

    private Fixtures() {}

    static Stream<byte[]> messages() {
        try {
            return Files.readAllLines(FILE).stream()
                    .filter(line -> !line.startsWith(COMMENT))
                    .map(HexFormat.of()::parseHex);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    static void record(List<byte[]> messages, String version) throws IOException {
        List<String> lines = new ArrayList<>();
        lines.add(COMMENT + " pgoutput, protocol version 1, of PostgreSQL " + version);
        messages.forEach(message -> lines.add(HexFormat.of().formatHex(message)));
        Files.createDirectories(FILE.getParent());
        Files.write(FILE, lines);
    }
}
