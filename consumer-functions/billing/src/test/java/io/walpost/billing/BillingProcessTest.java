package io.walpost.billing;

import io.walpost.consumer.testing.FunctionCommand;
import io.walpost.consumer.testing.FunctionProcess;
import io.walpost.localstack.LocalKafka;
import io.walpost.localstack.LocalPostgres;
import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.LongStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.config.TopicConfig;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** What tests of the packaged service share: servers of their own, and a look into them. */
abstract class BillingProcessTest {

    static final Duration PATIENCE = Duration.ofSeconds(90);
    static final int PARTITIONS = 3;

    private static final String BILLING = "billing";
    private static final String DATABASE = "billing";
    private static final String SHORT_SESSION = "mp.messaging.incoming.events.session.timeout.ms=6000";
    private static final String LARGEST_ORDER = Integer.toString(4 << 20);

    /** What a topic takes of which nobody has thought: Kafka's default. */
    private static final String LARGEST_DEAD_LETTER = "1048588";

    /** Held, so that it keeps its level: each client would print all its settings. */
    private static final Logger KAFKA_CLIENTS = Logger.getLogger("org.apache.kafka");

    static {
        KAFKA_CLIENTS.setLevel(Level.WARNING);
    }

    final LocalPostgres postgres = LocalPostgres.temporary();
    final LocalKafka kafka = LocalKafka.temporary();
    OrderTopic topic;

    @BeforeEach
    void startServers() throws Exception {
        postgres.start();
        postgres.createDatabase(DATABASE);
        kafka.start();
        try (Admin admin = admin()) {
            admin.createTopics(List.of(
                            topic(OrderTopic.TOPIC, PARTITIONS, LARGEST_ORDER),
                            topic(OrderTopic.DEAD_LETTERS, 1, LARGEST_DEAD_LETTER)))
                    .all()
                    .get();
        }
        topic = new OrderTopic(kafka.bootstrapServers());
    }

    @AfterEach
    void stopServers() {
        topic.close();
        kafka.close();
        postgres.close();
    }

    FunctionProcess process(String... settings) throws IOException {
        String[] all = Arrays.copyOf(settings, settings.length + 1);
        all[settings.length] = SHORT_SESSION;
        return new FunctionProcess(BILLING, environment(), all);
    }

    private Map<String, String> environment() {
        return Map.of(
                "QUARKUS_DATASOURCE_JDBC_URL", postgres.jdbcUrl(DATABASE),
                "QUARKUS_DATASOURCE_USERNAME", postgres.user(),
                "QUARKUS_DATASOURCE_PASSWORD", postgres.password(),
                "KAFKA_BOOTSTRAP_SERVERS", kafka.bootstrapServers());
    }

    /** Runs a command of the program to its end. */
    FunctionCommand.Finished command(String... arguments) throws IOException, InterruptedException {
        return startCommand(arguments).await();
    }

    FunctionCommand startCommand(String... arguments) throws IOException {
        return FunctionProcess.command(BILLING, environment(), arguments);
    }

    List<Long> place(int orders) {
        List<Long> ids =
                LongStream.range(0, orders).map(i -> Orders.newId()).boxed().toList();
        ids.forEach(id -> topic.send("OrderPlaced", id, Orders.placed(id)));
        return ids;
    }

    /** Events that billing is done with, other than dead letters. */
    static double handled(FunctionProcess billing) throws IOException {
        return billing.metric("walpost_consumer_events_total");
    }

    int count(String table) throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT count(*) FROM " + table)) {
            row.next();
            return row.getInt(1);
        }
    }

    Connection connect() throws SQLException {
        return DriverManager.getConnection(postgres.jdbcUrl(DATABASE), postgres.user(), postgres.password());
    }

    long committedOffsets() throws Exception {
        try (Admin admin = admin()) {
            return admin.listConsumerGroupOffsets("billing").partitionsToOffsetAndMetadata().get().values().stream()
                    .mapToLong(offset -> offset.offset())
                    .sum();
        }
    }

    Admin admin() {
        return Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, kafka.bootstrapServers()));
    }

    private static NewTopic topic(String name, int partitions, String largestMessage) {
        return new NewTopic(name, Optional.of(partitions), Optional.empty())
                .configs(Map.of(TopicConfig.MAX_MESSAGE_BYTES_CONFIG, largestMessage));
    }
}
