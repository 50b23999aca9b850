package io.walpost.billing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

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
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class BillingProcessIT {

    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final String DATABASE = "billing";
    private static final int ORDERS = 2000;
    private static final String NEVER_COMMIT = "mp.messaging.incoming.orders.auto.commit.interval.ms=3600000";
    private static final String SHORT_SESSION = "mp.messaging.incoming.orders.session.timeout.ms=6000";

    /** Held, so that it keeps its level: each client would print all its settings. */
    private static final Logger KAFKA_CLIENTS = Logger.getLogger("org.apache.kafka");

    static {
        KAFKA_CLIENTS.setLevel(Level.WARNING);
    }

    private final LocalPostgres postgres = LocalPostgres.temporary();
    private final LocalKafka kafka = LocalKafka.temporary();

    @BeforeEach
    void start() {
        postgres.start();
        postgres.createDatabase(DATABASE);
        kafka.start();
        kafka.createTopic(OrderTopic.TOPIC, 3);
        kafka.createTopic(OrderTopic.DEAD_LETTERS, 1);
    }

    @AfterEach
    void stop() {
        kafka.close();
        postgres.close();
    }

    @Test
    void billsEachOrderOnceWhenKilledBetweenItsEffectsAndTheirOffsets() throws Exception {
        try (OrderTopic topic = new OrderTopic(kafka.bootstrapServers())) {
            for (int i = 0; i < ORDERS; i++) {
                long order = Orders.newId();
                topic.send("OrderPlaced", order, Orders.placed(order));
            }
            int billedBeforeTheKill;
            try (BillingProcess billing = process(NEVER_COMMIT)) {
                await().atMost(PATIENCE).ignoreExceptions().until(() -> count("invoice") >= ORDERS / 10);
                billing.kill();
                billedBeforeTheKill = count("invoice");
            }
            assertThat(committedOffsets()).as("committed before the kill").isZero();

            try (BillingProcess billing = process()) {
                await().atMost(PATIENCE).ignoreExceptions().until(() -> handled(billing) >= ORDERS);
                assertThat(billing.metric("walpost_consumer_events_total{consumer=\"billing\",outcome=\"duplicate\"}"))
                        .isGreaterThanOrEqualTo(billedBeforeTheKill);
                assertThat(billing.metric("walpost_consumer_dead_letters_total"))
                        .isZero();
                await().atMost(PATIENCE).until(() -> committedOffsets() == ORDERS);
                assertThat(billing.stop(30)).as("ended by itself").isTrue();
            }
            assertThat(count("invoice")).isEqualTo(ORDERS);
            assertThat(count("invoice_line")).isEqualTo(ORDERS);
            assertThat(count("walpost_inbox")).isEqualTo(ORDERS);
            assertThat(topic.deadLetters()).isEmpty();
        }
    }

    @Test
    void endsPromptlyWhileItWaitsForTheDatabase() throws Exception {
        try (BillingProcess billing = process();
                OrderTopic topic = new OrderTopic(kafka.bootstrapServers())) {
            await().atMost(PATIENCE).until(billing::ready);
            postgres.kill();
            long order = Orders.newId();
            topic.send("OrderPlaced", order, Orders.placed(order));
            await().atMost(PATIENCE).until(() -> billing.metric("walpost_consumer_retries_total") > 0);

            assertThat(billing.stop(15)).as("ended by itself").isTrue();
            assertThat(topic.deadLetters()).isEmpty();
        }
    }

    private static double handled(BillingProcess billing) throws IOException {
        return billing.metric("walpost_consumer_events_total");
    }

    private BillingProcess process(String... settings) throws IOException {
        String[] all = Arrays.copyOf(settings, settings.length + 1);
        all[settings.length] = SHORT_SESSION;
        return new BillingProcess(
                postgres.jdbcUrl(DATABASE), postgres.user(), postgres.password(), kafka.bootstrapServers(), all);
    }

    private int count(String table) throws SQLException {
        try (Connection connection =
                        DriverManager.getConnection(postgres.jdbcUrl(DATABASE), postgres.user(), postgres.password());
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT count(*) FROM " + table)) {
            row.next();
            return row.getInt(1);
        }
    }

    private long committedOffsets() throws Exception {
        try (Admin admin = Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, kafka.bootstrapServers()))) {
            return admin.listConsumerGroupOffsets("billing").partitionsToOffsetAndMetadata().get().values().stream()
                    .mapToLong(offset -> offset.offset())
                    .sum();
        }
    }
}
