package io.walpost.localstack;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/** PostgreSQL as a child process. */
final class PostgresProcess extends ChildServer implements LocalPostgres {

    private static final String DATA = "data";

    private final PostgresClient client = new PostgresClient(this);
    private final PostgresPrograms programs = new PostgresPrograms();
    private final ClusterSource source;

    /** @param source asked at the first start */
    PostgresProcess(DataFolder folder, int port, ClusterSource source) {
        // SIGINT is PostgreSQL's "fast shutdown": it does not wait for clients to leave.
        super("PostgreSQL", folder, port, "INT");
        this.source = source;
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
        Path unfinished = folder.resolve("unfinished");
        DataFolder.delete(unfinished);
        source.create(unfinished, folder);
        Files.move(unfinished, data, StandardCopyOption.ATOMIC_MOVE);
    }

    @Override
    List<String> command(DataFolder folder) throws IOException, InterruptedException {
        List<String> command =
                programs.command("postgres", "-D", folder.resolve(DATA).toString());
        command.addAll(PostgresSettings.arguments(port()));
        return command;
    }

    PostgresClient client() {
        return client;
    }

    Path data() {
        return dataFolder().resolve(DATA);
    }

    @Override
    public LocalPostgres standby() {
        int port = Ports.free();
        return new PostgresProcess(DataFolder.temporary("postgres"), port, new BaseBackup(this, "standby_" + port));
    }

    @Override
    public void promote() {
        client.promote();
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
