package io.walpost.localstack;

import java.nio.file.Path;

/**
 * One Redis server that keeps what it holds in an append-only file. What it answered to survives {@link #kill}, because
 * the file is written before the answer is, and stays in the operating system's page cache.
 */
public sealed interface LocalRedis extends LocalServer permits RedisProcess, RedisContainer {

    /** A server with a fixed folder and port. The folder is made at the first start. */
    static LocalRedis at(Path dataFolder, int port) {
        return in(DataFolder.permanent(dataFolder), port);
    }

    /** A server in a temporary folder and on a free port. Closing it removes the folder. */
    static LocalRedis temporary() {
        return in(DataFolder.temporary("redis"), Ports.free());
    }

    private static LocalRedis in(DataFolder folder, int port) {
        return switch (Backend.current()) {
            case PROCESSES -> new RedisProcess(folder, port);
            case CONTAINERS -> new RedisContainer(folder, port);
        };
    }

    /** What clients connect to. There is no password unless one is required, and the server listens on loopback only. */
    default String uri() {
        return "redis://127.0.0.1:" + port();
    }

    /**
     * Sends one command on a connection of its own.
     *
     * @param words the command and its arguments, such as {@code HGET}, {@code key}, {@code field}
     * @return the answer as text: an array with a line for each element, nothing for a null
     * @throws LocalStackException if the server cannot be reached, or answers with an error
     */
    String command(String... words);

    /**
     * Lets nobody in without a password any more, until the server is started again; who is in stays.
     *
     * @param password empty to let everybody in
     */
    void requirePassword(String password);
}
