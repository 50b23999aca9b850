package io.walpost.localstack;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** PostgreSQL as a child process. */
final class PostgresProcess extends ChildServer implements LocalPostgres {

    private static final String DATA = "data";
    private static final String MAINTENANCE_DATABASE = "postgres";
    private static final String DUPLICATE_DATABASE = "42P04";

    PostgresProcess(DataFolder folder, int port) {
        // SIGINT is PostgreSQL's "fast shutdown": it does not wait for clients to leave.
        super("PostgreSQL", folder, port, "INT");
    }

    @Override
    void prepare(DataFolder folder) throws IOException, InterruptedException {
        if (Files.notExists(folder.resolve(DATA))) {
            initialise(folder);
        }
    }

    /** Makes the cluster beside its place and renames, so that an interrupted start leaves no half of one. */
    private void initialise(DataFolder folder) throws IOException, InterruptedException {
        Path unfinished = folder.resolve("initdb");
        DataFolder.delete(unfinished);
        Path passwordFile = Files.writeString(folder.resolve("password"), password());
        List<String> command = new ArrayList<>(UserNamespace.prefix());
        command.addAll(List.of(
                PostgresBinaries.bin().resolve("initdb").toString(),
                "--pgdata=" + unfinished,
                "--username=" + user(),
                "--pwfile=" + passwordFile,
                "--auth=scram-sha-256",
                "--encoding=UTF8",
                "--locale=C",
                "--locale-provider=builtin",
                "--builtin-locale=C.UTF-8"));
        run(name(), folder, command);
        Files.delete(passwordFile);
        Files.move(unfinished, folder.resolve(DATA), StandardCopyOption.ATOMIC_MOVE);
    }

    @Override
    List<String> command(DataFolder folder) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(UserNamespace.prefix());
        command.add(PostgresBinaries.bin().resolve("postgres").toString());
        command.add("-D");
        command.add(folder.resolve(DATA).toString());
        command.addAll(PostgresSettings.arguments(port()));
        return command;
    }

    @Override
    boolean answers() {
        try (Connection connection = connect()) {
            return connection.isValid(1);
        } catch (SQLException e) {
            return false;
        }
    }

    private Connection connect() throws SQLException {
        return DriverManager.getConnection(
                jdbcUrl(MAINTENANCE_DATABASE) + "?connectTimeout=2&socketTimeout=10", user(), password());
    }

    @Override
    public String jdbcUrl(String database) {
        return "jdbc:postgresql://127.0.0.1:" + port() + "/" + database;
    }

    @Override
    public void createDatabase(String name) {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE DATABASE " + statement.enquoteIdentifier(name, true));
        } catch (SQLException e) {
            if (!DUPLICATE_DATABASE.equals(e.getSQLState())) {
                throw new LocalStackException("Cannot create the database " + name + ": " + e.getMessage(), e);
            }
        }
    }
}
