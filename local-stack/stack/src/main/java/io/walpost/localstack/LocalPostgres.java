package io.walpost.localstack;

import java.nio.file.Path;

/**
 * PostgreSQL 17 with logical decoding and every durability setting on: a transaction that was reported as committed
 * survives {@link #kill}.
 */
public sealed interface LocalPostgres extends LocalServer permits PostgresProcess {

    /** A server with a fixed folder and port. The folder is made at the first start. */
    static LocalPostgres at(Path dataFolder, int port) {
        return new PostgresProcess(DataFolder.permanent(dataFolder), port);
    }

    /** A server in a temporary folder and on a free port. Closing it removes the folder. */
    static LocalPostgres temporary() {
        return new PostgresProcess(DataFolder.temporary("postgres"), Ports.free());
    }

    /** The URL of one of its databases, without user and password. */
    String jdbcUrl(String database);

    /** A superuser, who may also replicate. */
    default String user() {
        return "postgres";
    }

    /** The password of {@link #user}. */
    default String password() {
        return "postgres";
    }

    /** Creates an empty database, unless there is one of that name. */
    void createDatabase(String name);
}
