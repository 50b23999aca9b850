package io.walpost.localstack;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.errors.InvalidReplicationFactorException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** What the local stack itself asks of a broker. */
final class KafkaClient {

    private static final int CONNECT_MILLIS = 500;
    private static final Duration ANSWER_LIMIT = Duration.ofSeconds(5);
    private static final Duration TOPIC_LIMIT = Duration.ofSeconds(60);
    private static final Duration POLL = Duration.ofMillis(50);

    private final LocalKafka broker;

    KafkaClient(LocalKafka broker) {
        this.broker = broker;
    }

    /** A broker listens before it may serve; the cluster lists it only when it may. */
    boolean answers() {
        if (!listens()) {
            return false;
        }
        try (Admin admin = admin(ANSWER_LIMIT)) {
            return !admin.describeCluster().nodes().get().isEmpty();
        } catch (ExecutionException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Asked first, because an admin client logs a warning for every connection that is refused. */
    private boolean listens() {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), broker.port()), CONNECT_MILLIS);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** On return the broker knows the topic, which it learns of a moment after the controller has made it. */
    void createTopic(String name, int partitions) {
        NewTopic topic = new NewTopic(name, Optional.of(partitions), Optional.empty());
        long deadline = System.nanoTime() + TOPIC_LIMIT.toNanos();
        try (Admin admin = admin(TOPIC_LIMIT)) {
            while (!(isThere(admin, topic) && isKnown(admin, name))) {
                if (System.nanoTime() - deadline > 0) {
                    throw new LocalStackException("Cannot create the topic " + name + ": the broker is not ready");
                }
                Thread.sleep(POLL);
            }
        } catch (ExecutionException e) {
            throw new LocalStackException(
                    "Cannot create the topic " + name + ": " + e.getCause().getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LocalStackException("Interrupted while creating the topic " + name, e);
        }
    }

    /** False while the controller has not heard of the broker for a second, as after a pause. */
    private static boolean isThere(Admin admin, NewTopic topic) throws ExecutionException, InterruptedException {
        try {
            admin.createTopics(List.of(topic)).all().get();
            return true;
        } catch (ExecutionException e) {
            return switch (e.getCause()) {
                case TopicExistsException made -> true;
                case InvalidReplicationFactorException withoutBroker -> false;
                default -> throw e;
            };
        }
    }

    private static boolean isKnown(Admin admin, String topic) throws ExecutionException, InterruptedException {
        try {
            admin.describeTopics(List.of(topic)).allTopicNames().get();
            return true;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof UnknownTopicOrPartitionException) {
                return false;
            }
            throw e;
        }
    }

    private Admin admin(Duration limit) {
        String millis = Long.toString(limit.toMillis());
        return Admin.create(Map.of(
                AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, broker.bootstrapServers(),
                AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, millis,
                AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, millis));
    }
}
