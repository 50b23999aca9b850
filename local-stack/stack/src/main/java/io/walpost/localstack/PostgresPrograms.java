package io.walpost.localstack;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Command lines of PostgreSQL's own programs, which run as whoever may run them. */
final class PostgresPrograms {

    private Path bin;

    List<String> command(String program, String... arguments) throws IOException, InterruptedException {
        if (bin == null) {
            bin = PostgresBinaries.bin();
        }
        List<String> command = new ArrayList<>(UserNamespace.prefix());
        command.add(bin.resolve(program).toString());
        command.addAll(List.of(arguments));
        return command;
    }
}
