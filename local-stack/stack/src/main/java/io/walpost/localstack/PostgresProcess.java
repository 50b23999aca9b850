package io.walpost.localstack;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** PostgreSQL as a child process. */
final class PostgresProcess extends ChildServer implements LocalPostgres {

    private static final String DATA = "data";

    private final PostgresClient client = new PostgresClient(this);
    private Path bin;

    PostgresProcess(DataFolder folder, int port) {
        // SIGINT is PostgreSQL's "fast shutdown": it does not wait for clients to leave.
        super("PostgreSQL", folder, port, "INT");
    }

    @Override
    void prepare(DataFolder folder) throws IOException, InterruptedException {
        Path data = folder.resolve(DATA);
        if (Files.exists(data)) {
            PostmasterFile.removeIfMistaken(data);
        } else {
            initialise(folder, data);
        }
    }

    /** Makes the cluster beside its place and renames, so that an interrupted start leaves no half of one. */
    private void initialise(DataFolder folder, Path data) throws IOException, InterruptedException {
        Path unfinished = folder.resolve("initdb");
        DataFolder.delete(unfinished);
        Path passwordFile = Files.writeString(folder.resolve("password"), password());
        LogFile log = folder.log();
        List<String> command = program(
                "initdb",
                "--pgdata=" + unfinished,
                "--username=" + user(),
                "--pwfile=" + passwordFile,
                "--auth=scram-sha-256",
                "--encoding=UTF8",
                "--locale=C",
                "--locale-provider=builtin",
                "--builtin-locale=C.UTF-8");
        if (Commands.start(command, Map.of(), log).waitFor() != 0) {
            throw StartFailure.of("PostgreSQL's initdb", folder, "failed", log);
        }
        Files.delete(passwordFile);
        Files.move(unfinished, data, StandardCopyOption.ATOMIC_MOVE);
    }

    @Override
    List<String> command(DataFolder folder) throws IOException, InterruptedException {
        List<String> command = program("postgres", "-D", folder.resolve(DATA).toString());
        command.addAll(PostgresSettings.arguments(port()));
        return command;
    }

    private List<String> program(String name, String... arguments) throws IOException, InterruptedException {
        if (bin == null) {
            bin = PostgresBinaries.bin();
        }
        List<String> command = new ArrayList<>(UserNamespace.prefix());
        command.add(bin.resolve(name).toString());
        command.addAll(List.of(arguments));
        return command;
    }

    @Override
    boolean answers() {
        return client.answers();
    }

    @Override
    public void createDatabase(String name) {
        client.createDatabase(name);
    }
}
