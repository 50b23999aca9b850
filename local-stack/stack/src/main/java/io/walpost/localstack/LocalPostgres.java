package io.walpost.localstack;

import java.nio.file.Path;

/**
 * PostgreSQL 17 with logical decoding and every durability setting on: a transaction that was reported as committed
 * survives {@link #kill}.
 */
public sealed interface LocalPostgres extends LocalServer permits PostgresProcess, PostgresContainer {

    /** The superuser that every server has. */
    String USER = "postgres";

    /** The password of {@link #USER}; the server listens on loopback only. */
    String PASSWORD = "postgres";

    /** A server with a fixed folder and port. The folder is made at the first start. */
    static LocalPostgres at(Path dataFolder, int port) {
        return in(DataFolder.permanent(dataFolder), port);
    }

    /** A server in a temporary folder and on a free port. Closing it removes the folder. */
    static LocalPostgres temporary() {
        return in(DataFolder.temporary("postgres"), Ports.free());
    }

    private static LocalPostgres in(DataFolder folder, int port) {
        return switch (Backend.current()) {
            case PROCESSES -> new PostgresProcess(folder, port, new InitDb());
            case CONTAINERS -> new PostgresContainer(folder, port);
        };
    }

    /** The URL of one of its databases, without user and password. */
    default String jdbcUrl(String database) {
        return "jdbc:postgresql://127.0.0.1:" + port() + "/" + database;
    }

    /** A superuser, who may also replicate. */
    default String user() {
        return USER;
    }

    /** The password of {@link #user}. */
    default String password() {
        return PASSWORD;
    }

    /** Creates an empty database, unless there is one of that name. */
    void createDatabase(String name);

    /**
     * A standby of this server, in a temporary folder and on a free port. Its first start copies this server, which must
     * run then; from then on this server keeps log for it, and sends to logical slots made with {@code failover} only what
     * the standby has. The standby keeps such slots up to date itself.
     *
     * @throws LocalStackException if the servers are containers
     */
    LocalPostgres standby();

    /**
     * Makes a standby a primary, and returns when it is one. The old primary should be gone: nothing stops it from going
     * on.
     */
    void promote();
}
