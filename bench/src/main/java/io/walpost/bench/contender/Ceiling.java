package io.walpost.bench.contender;

import io.walpost.bench.site.OutboxDatabase;
import java.io.File;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What nobody can be faster than: the walsender read by pgjdbc, and all thrown away. */
public record Ceiling() implements LogReader {

    @Override
    public String id() {
        return "ceiling";
    }

    @Override
    public String label() {
        return "The log, read and thrown away";
    }

    @Override
    public boolean publishes() {
        return false;
    }

    @Override
    public Launch launch(Assignment assignment, Path folder) {
        OutboxDatabase database = assignment.database();
        return new Launch(
                List.of(
                        Jvm.java(),
                        "-cp",
                        classPath(),
                        WalsenderReader.class.getName(),
                        database.jdbcUrl(),
                        database.user(),
                        assignment.slot(),
                        OutboxDatabase.PUBLICATION,
                        Long.toString(assignment.events())),
                Map.of(WalsenderReader.PASSWORD, database.password()));
    }

    /** The contender runs in a folder of its own, from which relative entries would lead nowhere. */
    private static String classPath() {
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .map(entry -> Path.of(entry).toAbsolutePath().toString())
                .collect(Collectors.joining(File.pathSeparator));
    }
}
