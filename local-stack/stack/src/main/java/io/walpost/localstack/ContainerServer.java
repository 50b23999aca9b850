package io.walpost.localstack;

import com.github.dockerjava.api.DockerClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.GenericContainer;

/** What all servers have in common that run in a container. The container is the data folder: it lives until close. */
abstract sealed class ContainerServer permits PostgresContainer, KafkaContainer, OpenSearchContainer, RedisContainer {

    private static final Duration START_LIMIT = Duration.ofSeconds(60);
    private static final long POLL_MILLIS = 50;

    private final String name;
    private final DataFolder folder;
    private final int port;
    private final GenericContainer<?> container;

    ContainerServer(String name, DataFolder folder, int port, int containerPort, GenericContainer<?> container) {
        this.name = name;
        this.folder = folder;
        this.port = port;
        this.container = container;
        container.setPortBindings(List.of("127.0.0.1:%d:%d".formatted(port, containerPort)));
    }

    /** True when a client's request would be answered. */
    abstract boolean answers();

    public final synchronized void start() {
        if (running()) {
            return;
        }
        if (container.getContainerId() == null) {
            Ports.requireFree(port, name);
            container.start();
        } else {
            // Not container.start(), which would make a new one without the old one's data.
            docker().startContainerCmd(container.getContainerId()).exec();
        }
        awaitAnswer();
    }

    private void awaitAnswer() {
        long deadline = System.nanoTime() + START_LIMIT.toNanos();
        while (!answers()) {
            if (System.nanoTime() > deadline) {
                throw new LocalStackException("%s did not answer within %d s in container %s."
                        .formatted(name, START_LIMIT.toSeconds(), container.getContainerId()));
            }
            Processes.sleep(POLL_MILLIS);
        }
    }

    public final synchronized void kill() {
        if (running()) {
            docker().killContainerCmd(container.getContainerId()).exec();
        }
    }

    public final synchronized void pause() {
        docker().pauseContainerCmd(container.getContainerId()).exec();
    }

    public final synchronized void resume() {
        docker().unpauseContainerCmd(container.getContainerId()).exec();
    }

    public final boolean running() {
        return container.getContainerId() != null && container.isRunning();
    }

    public final synchronized void close() {
        container.stop();
    }

    private static DockerClient docker() {
        return DockerClientFactory.instance().client();
    }

    public final String name() {
        return name;
    }

    public final int port() {
        return port;
    }

    public final Path dataFolder() {
        return folder.path();
    }

    /** A container's processes are the engine's affair. */
    public final OptionalLong pid() {
        return OptionalLong.empty();
    }
}
