package io.walpost.localstack;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** An empty cluster, made by PostgreSQL's {@code initdb}. */
final class InitDb implements ClusterSource {

    private final PostgresPrograms programs = new PostgresPrograms();

    @Override
    public void create(Path data, DataFolder folder) throws IOException, InterruptedException {
        Path passwordFile = Files.writeString(folder.resolve("password"), LocalPostgres.PASSWORD);
        LogFile log = folder.log();
        List<String> command = programs.command(
                "initdb",
                "--pgdata=" + data,
                "--username=" + LocalPostgres.USER,
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
    }
}
