package io.walpost.relay.publish;

import io.walpost.relay.failure.Examination;
import io.walpost.relay.failure.Finding;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.DescribeTopicsOptions;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.AuthorizationException;

/** The topics of the events: that they can be written, and keep what is acknowledged. */
final class TopicCheck {

    private static final String SUBJECT = "topics";
    private static final String AUTO_CREATE = "auto.create.topics.enable";

    private final Admin admin;
    private final Collection<Node> nodes;
    private final int batchBytes;

    /** @param batchBytes the producer's {@code batch.size} */
    TopicCheck(Admin admin, Collection<Node> nodes, int batchBytes) {
        this.admin = admin;
        this.nodes = nodes;
        this.batchBytes = batchBytes;
    }

    Examination examine(String prefix) throws ExecutionException, InterruptedException {
        List<String> names = admin.listTopics().names().get().stream()
                .filter(name -> name.startsWith(prefix))
                .sorted()
                .toList();
        if (names.isEmpty()) {
            return new Examination(SUBJECT, "none that begins with " + prefix, ifNone(prefix));
        }
        List<Finding> findings = new ArrayList<>();
        Map<ConfigResource, Config> configs = configs(names);
        Map<String, TopicDescription> descriptions = admin.describeTopics(
                        names, new DescribeTopicsOptions().includeAuthorizedOperations(true))
                .allTopicNames()
                .get();
        for (String name : names) {
            Config config = configs.get(new ConfigResource(ConfigResource.Type.TOPIC, name));
            check(descriptions.get(name), config, findings);
        }
        return new Examination(
                SUBJECT,
                names.size() + (names.size() == 1 ? " that begins with " : " that begin with ") + prefix,
                findings);
    }

    /** Topics that are there need no answer to whether they would be made. */
    private List<Finding> ifNone(String prefix) throws ExecutionException, InterruptedException {
        ConfigResource broker = new ConfigResource(
                ConfigResource.Type.BROKER, nodes.iterator().next().idString());
        boolean created;
        try {
            created = Boolean.parseBoolean(admin.describeConfigs(List.of(broker))
                    .all()
                    .get()
                    .get(broker)
                    .get(AUTO_CREATE)
                    .value());
        } catch (ExecutionException e) {
            if (e.getCause() instanceof AuthorizationException) {
                return List.of();
            }
            throw e;
        }
        return List.of(
                created
                        ? Finding.advice(
                                "Kafka would create the topics at the first event of each aggregate type, with the"
                                        + " brokers' default number of partitions and replicas.",
                                create(prefix))
                        : Finding.advice(
                                "Kafka creates no topic by itself (" + AUTO_CREATE
                                        + "=false), so the relay would wait at the first event.",
                                create(prefix)));
    }

    private String create(String prefix) {
        return "kafka-topics.sh --bootstrap-server … --create --topic " + prefix + "<aggregatetype> --partitions 6"
                + " --replication-factor " + Math.min(3, nodes.size());
    }

    private Map<ConfigResource, Config> configs(List<String> names) throws ExecutionException, InterruptedException {
        try {
            return admin.describeConfigs(names.stream()
                            .map(name -> new ConfigResource(ConfigResource.Type.TOPIC, name))
                            .toList())
                    .all()
                    .get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof AuthorizationException) {
                // A relay needs no right to read settings.
                return Map.of();
            }
            throw e;
        }
    }

    /** Kafka's producer splits a batch that a topic refuses into batches of the same size, and so on without end. */
    private void checkBatches(String topic, Config config, List<Finding> findings) {
        if (config == null) {
            return;
        }
        int largest = Integer.parseInt(
                config.get(TopicConfig.MAX_MESSAGE_BYTES_CONFIG).value());
        if (largest < batchBytes) {
            findings.add(Finding.blocking(
                    "Topic " + topic + " takes batches of at most " + largest
                            + " bytes (max.message.bytes), and the relay makes larger ones (kafka.batch.size is "
                            + batchBytes + "), which would never be taken.",
                    "-- set kafka.batch.size to at most " + largest + ", or raise max.message.bytes of the topic"));
        }
    }

    private void check(TopicDescription topic, Config config, List<Finding> findings) {
        // Null without an authorizer, or from a broker that does not tell.
        if (topic.authorizedOperations() != null
                && Stream.of(AclOperation.WRITE, AclOperation.ALL).noneMatch(topic.authorizedOperations()::contains)) {
            findings.add(Finding.blocking(
                    "The relay may not write to topic " + topic.name() + ".",
                    "kafka-acls.sh --bootstrap-server … --add --allow-principal User:<relay> --producer --topic "
                            + topic.name()));
        }
        checkBatches(topic.name(), config, findings);
        int replicas = topic.partitions().stream()
                .mapToInt(partition -> partition.replicas().size())
                .min()
                .orElse(0);
        int inSync = topic.partitions().stream()
                .mapToInt(partition -> partition.isr().size())
                .min()
                .orElse(0);
        int required = config == null
                ? 1
                : Integer.parseInt(
                        config.get(TopicConfig.MIN_IN_SYNC_REPLICAS_CONFIG).value());
        if (inSync < required) {
            findings.add(Finding.blocking(
                    "Topic " + topic.name() + " has a partition with " + inSync + " replicas in sync; "
                            + "min.insync.replicas is " + required + ", so Kafka takes nothing.",
                    replicas < required
                            ? "-- lower min.insync.replicas to " + replicas + ", or add replicas"
                            : "-- bring the brokers that are down back"));
        }
        if (nodes.size() > 1 && (replicas == 1 || required == 1)) {
            findings.add(Finding.advice(
                    "Topic " + topic.name() + " keeps an acknowledged event on one broker only (" + replicas
                            + " replicas, min.insync.replicas " + required + "), and loses it with that.",
                    "-- at least 2 replicas in sync of 3: --config min.insync.replicas=2"));
        }
    }
}
