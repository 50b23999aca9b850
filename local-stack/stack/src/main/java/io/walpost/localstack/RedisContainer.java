package io.walpost.localstack;

import java.util.stream.Stream;
import org.testcontainers.containers.GenericContainer;

/** A Redis server in a container. */
final class RedisContainer extends ContainerServer implements LocalRedis {

    private static final String IMAGE = "redis:7.2";
    private static final int CONTAINER_PORT = 6379;

    private final RedisClient client = new RedisClient(this);

    RedisContainer(DataFolder folder, int port) {
        super("Redis", folder, port, CONTAINER_PORT, container());
    }

    private static GenericContainer<?> container() {
        return new GenericContainer<>(IMAGE)
                .withExposedPorts(CONTAINER_PORT)
                .withCommand(Stream.concat(Stream.of("redis-server"), RedisSettings.arguments().stream())
                        .toArray(String[]::new));
    }

    @Override
    boolean answers() {
        return client.answers();
    }

    @Override
    public String command(String... words) {
        return client.command(words);
    }

    @Override
    public void requirePassword(String password) {
        client.requirePassword(password);
    }
}
