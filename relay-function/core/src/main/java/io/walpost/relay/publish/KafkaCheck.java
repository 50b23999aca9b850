package io.walpost.relay.publish;

import io.walpost.relay.failure.Examination;
import io.walpost.relay.failure.Finding;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;

/** Looks whether Kafka can take the relay's events. Changes nothing, and writes nothing. */
public final class KafkaCheck {

    private static final String BROKERS = "brokers";
    private static final String TIMEOUT_MILLIS = "8000";

    private final ProducerSettings settings;

    public KafkaCheck(ProducerSettings settings) {
        this.settings = settings;
    }

    /**
     * The brokers, and the topics whose names begin with a prefix.
     *
     * @throws InterruptedException if the thread was interrupted while it waited for an answer
     */
    public List<Examination> examine(String topicPrefix) throws InterruptedException {
        String servers = String.valueOf(settings.properties().get(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG));
        try (Admin admin = Admin.create(adminProperties())) {
            Collection<Node> nodes = admin.describeCluster().nodes().get();
            return List.of(
                    new Examination(BROKERS, nodes.size() + " behind " + servers, List.of()),
                    new TopicCheck(admin, nodes, settings.batchBytes()).examine(topicPrefix));
        } catch (ExecutionException e) {
            return List.of(unreachable(servers, e.getCause()));
        } catch (KafkaException e) {
            // What made the client fail says more than that it did.
            return List.of(unreachable(servers, e.getCause() == null ? e : e.getCause()));
        }
    }

    private static Examination unreachable(String servers, Throwable cause) {
        String mend =
                switch (cause) {
                    case AuthenticationException ignored -> "-- correct kafka.security.protocol and kafka.sasl.*";
                    case AuthorizationException ignored -> "-- give the relay's principal DESCRIBE on the cluster";
                    default ->
                        "-- are the brokers of kafka.bootstrap.servers up, and do they speak kafka.security.protocol?";
                };
        return new Examination(
                BROKERS, servers, List.of(Finding.blocking("Kafka does not answer: " + cause.getMessage(), mend)));
    }

    /** With times for somebody who waits. */
    private Map<String, Object> adminProperties() {
        Map<String, Object> properties = settings.sharedWith(AdminClientConfig.configNames());
        properties.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, TIMEOUT_MILLIS);
        properties.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, TIMEOUT_MILLIS);
        return properties;
    }
}
