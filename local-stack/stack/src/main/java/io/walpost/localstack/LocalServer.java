package io.walpost.localstack;

import java.nio.file.Path;
import java.util.OptionalLong;

/**
 * A real server on loopback that a test, the demo or a person can start, kill and start again.
 *
 * <p>A server keeps its data folder and its port for life: what it had made durable before {@link #kill} is there after
 * the next {@link #start}. It ends with the JVM that started it, however that JVM ends. All methods may be called from
 * any thread; those that change the server's state wait for each other.
 */
public sealed interface LocalServer extends AutoCloseable
        permits LocalPostgres, LocalKafka, LocalOpenSearch, LocalRedis {

    /** What a person calls it, such as "PostgreSQL" or "Kafka". */
    String name();

    /** The port on 127.0.0.1. */
    int port();

    /** Where its data and its log are. */
    Path dataFolder();

    /** The process id, while it runs as a process of this machine. */
    OptionalLong pid();

    /**
     * Starts the server and returns when it accepts connections. Does nothing if it runs.
     *
     * @throws LocalStackException if it cannot start; the message says what to do
     */
    void start();

    /**
     * Ends the server as {@code kill -9} does, with all its processes, and returns when they are gone. Does nothing if
     * it does not run.
     */
    void kill();

    /** Freezes all its processes ({@code SIGSTOP}): connections stay open and nothing answers. */
    void pause();

    /** Lets the processes that {@link #pause} froze go on. */
    void resume();

    /** True while its process lives, paused or not. */
    boolean running();

    /**
     * Ends the server in good order. The data folder stays, unless the server was made as temporary. A server in a
     * container keeps its data in there, and loses it here.
     */
    @Override
    void close();
}
