package io.walpost.localstack;

import io.walpost.localstack.kafka.BrokerMain;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.errors.TopicExistsException;

/** A Kafka broker in a JVM of its own. */
final class KafkaProcess extends ChildServer implements LocalKafka {

    // Always the same: a data folder has one broker, which is the whole cluster.
    private static final String CLUSTER_ID = "walpost-local-stack-00";
    private static final int CONNECT_MILLIS = 500;
    private static final String REQUEST_MILLIS = "5000";

    KafkaProcess(DataFolder folder, int port) {
        super("Kafka", folder, port, "TERM");
    }

    @Override
    void prepare(DataFolder folder) throws IOException {
        BrokerProperties.write(folder, port());
    }

    @Override
    List<String> command(DataFolder folder) throws IOException {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xms64m",
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-XX:+ExitOnOutOfMemoryError",
                "-cp",
                BrokerClassPath.read(),
                BrokerMain.class.getName(),
                BrokerProperties.in(folder).toString(),
                CLUSTER_ID);
    }

    /** A broker listens before it may serve; the cluster lists it only when it may. */
    @Override
    boolean answers() {
        if (!listens()) {
            return false;
        }
        try (Admin admin = admin()) {
            return !admin.describeCluster().nodes().get().isEmpty();
        } catch (ExecutionException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private boolean listens() {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port()), CONNECT_MILLIS);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private Admin admin() {
        return Admin.create(Map.of(
                AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers(),
                AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, REQUEST_MILLIS,
                AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, REQUEST_MILLIS));
    }

    @Override
    public String bootstrapServers() {
        return "127.0.0.1:" + port();
    }

    @Override
    public void createTopic(String name, int partitions) {
        try (Admin admin = admin()) {
            admin.createTopics(List.of(new NewTopic(name, Optional.of(partitions), Optional.empty())))
                    .all()
                    .get();
        } catch (ExecutionException e) {
            if (!(e.getCause() instanceof TopicExistsException)) {
                throw new LocalStackException(
                        "Cannot create the topic " + name + ": " + e.getCause().getMessage(), e);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LocalStackException("Interrupted while creating the topic " + name, e);
        }
    }
}
