package io.walpost.kubernetes;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The environment variables that mean something: those of the generated references, and a few that are not ours. */
final class KnownSettings {

    private static final Path REFERENCES = Manifests.ROOT.resolve("docs/configuration");
    private static final Pattern VARIABLE = Pattern.compile("<br>`([A-Z0-9_]+)`");

    /** A misspelt one of these would show when the programs are started with them, which another test does. */
    private static final List<String> OF_OTHERS = List.of(
            "KAFKA_BOOTSTRAP_SERVERS",
            "QUARKUS_DATASOURCE_JDBC_URL",
            "QUARKUS_DATASOURCE_PASSWORD",
            "QUARKUS_DATASOURCE_USERNAME",
            "QUARKUS_FLYWAY_MIGRATE_AT_START",
            "QUARKUS_HTTP_HOST",
            "QUARKUS_INIT_AND_EXIT",
            "QUARKUS_REDIS_HOSTS",
            "QUARKUS_REDIS_PASSWORD");

    private KnownSettings() {}

    static Set<String> read() throws IOException {
        Set<String> names = new TreeSet<>(OF_OTHERS);
        List<Path> pages;
        try (Stream<Path> files = Files.list(REFERENCES)) {
            pages = files.toList();
        }
        for (Path page : pages) {
            VARIABLE.matcher(Files.readString(page)).results().forEach(match -> names.add(match.group(1)));
        }
        return names;
    }
}
