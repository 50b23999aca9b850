package io.walpost.consumer.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.walpost.localstack.LocalKafka;
import io.walpost.localstack.LocalPostgres;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;

/**
 * What the cases of {@link BindingContract} stand on: servers and a topic for all of them, a consumer that goes on from one
 * to the next, orders that are each case's own, and a look at them in the database.
 *
 * <p>That a record is acknowledged shows in Kafka: its offset is committed in the group of whoever hands it over.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class BindingStage {

    /** The one that the service is set to. */
    protected static final String TOPIC = "outbox.event.order";

    protected static final int PARTITIONS = 4;

    private static final String BILLING = "billing";
    protected static final String GROUP = "billing-of-the-contract";

    /** Held, so that it keeps its level: each client would print all its settings. */
    private static final Logger KAFKA_CLIENTS = Logger.getLogger("org.apache.kafka");

    static {
        KAFKA_CLIENTS.setLevel(Level.WARNING);
    }

    protected final LocalPostgres postgres = LocalPostgres.temporary();
    protected final LocalKafka kafka = LocalKafka.temporary();
    protected final ConsumerDatabase database = new ConsumerDatabase(postgres, BILLING);
    protected EventTopic topic;
    protected RunningConsumer consumer;
    private Map<String, String> settings;
    private final AtomicLong orders = new AtomicLong(1000);

    /**
     * Starts one more instance of billing, and has it given the records of the topic.
     *
     * @param group of whoever reads the topic, which begins where the group has come to, or at the beginning
     * @param settings by property
     */
    protected abstract RunningConsumer start(String group, Map<String, String> settings) throws Exception;

    @BeforeAll
    void startServers() {
        postgres.start();
        database.create("db/migration", "db/walpost-inbox", "db/walpost-dead-letters");
        kafka.start();
        kafka.createTopic("billing.dead-letter", 1);
        topic = new EventTopic(kafka, TOPIC, PARTITIONS);
    }

    @AfterAll
    void end() throws Exception {
        if (consumer != null) {
            consumer.close();
        }
        topic.close();
        kafka.close();
        postgres.close();
    }

    @BeforeEach
    void haveAConsumer() throws Exception {
        consumeWith(Map.of());
    }

    /** One that is there already stays if its settings are the same. */
    protected void consumeWith(Map<String, String> wanted) throws Exception {
        if (consumer != null && !wanted.equals(settings)) {
            stopConsumer();
        }
        if (consumer == null) {
            consumer = start(GROUP, wanted);
            settings = wanted;
        }
    }

    protected void stopConsumer() throws Exception {
        consumer.close();
        consumer = null;
    }

    /** Where the servers are, as environment variables. */
    protected Map<String, String> environment() {
        Map<String, String> environment = new HashMap<>(database.environment());
        environment.put("KAFKA_BOOTSTRAP_SERVERS", kafka.bootstrapServers());
        return environment;
    }

    /** The next one lies in the next partition. */
    protected long newOrder() {
        return orders.incrementAndGet();
    }

    /** Lies in the same partition. */
    protected long newOrderBeside(long order) {
        return orders.updateAndGet(last -> last + 1 + Math.floorMod(order - last - 1, PARTITIONS));
    }

    protected static int partitionOf(long order) {
        return (int) (order % PARTITIONS);
    }

    /** Returns the offset. */
    long put(long order, String type, String payload) {
        return topic.put(topic.event(order, type, payload));
    }

    protected void place(long order) {
        put(order, "OrderPlaced", Orders.placed(order));
    }

    protected void addLine(long order, int version) {
        put(order, "OrderLineAdded", Orders.lineAdded(order, version));
    }

    void cancel(long order, int version) {
        put(order, "OrderCancelled", Orders.cancelled(order, version));
    }

    protected static ConditionFactory patiently() {
        return await().atMost(Duration.ofMinutes(2)).pollInterval(Duration.ofMillis(50));
    }

    protected void awaitAcknowledged() {
        awaitAcknowledged(GROUP);
    }

    void awaitAcknowledged(String group) {
        patiently().until(() -> topic.isAcknowledged(group));
    }

    protected long acknowledged(long order) throws InterruptedException, ExecutionException {
        return topic.acknowledged(GROUP, partitionOf(order));
    }

    /** Waits until it was found so many times more that something has to wait. */
    void awaitWaits(double before, int more) {
        patiently().ignoreExceptions().until(() -> consumer.waits() >= before + more);
    }

    /** What billing has made of an order. */
    protected List<String> stateOf(long order) throws SQLException {
        return database.texts("""
                SELECT 'invoice over ' || total || ', version ' || version FROM invoice WHERE order_id = %1$d
                UNION ALL SELECT 'line ' || line_id || ': ' || sku FROM invoice_line WHERE order_id = %1$d
                UNION ALL SELECT 'credit over ' || total || ', version ' || version FROM credit_note WHERE order_id = %1$d
                ORDER BY 1""".formatted(order));
    }

    /** Why an order's records are set aside, in their order. */
    protected List<String> lettersOf(long order) throws SQLException {
        return database.texts(
                "SELECT failure FROM walpost_dead_letter WHERE key = '" + order + "' ORDER BY partition, \"offset\"");
    }

    List<String> unresolvedLettersOf(long order) throws SQLException {
        return database.texts(
                "SELECT failure FROM walpost_dead_letter WHERE resolved_at IS NULL AND key = '" + order + "'");
    }

    /** Has PostgreSQL refuse every invoice of an order, until it is told to {@link #accept} them. */
    protected void refuse(long order) throws SQLException {
        database.execute("ALTER TABLE invoice ADD CONSTRAINT no_%1$d CHECK (order_id <> %1$d)".formatted(order));
    }

    protected void accept(long order) throws SQLException {
        database.execute("ALTER TABLE invoice DROP CONSTRAINT no_" + order);
    }

    /** As an operator does it, whichever the binding is: with the program of the service. */
    protected void replay(long order) throws Exception {
        FunctionCommand.Finished replay = FunctionProcess.command(
                        BILLING, environment(), "dlq", "replay", "--key", Long.toString(order))
                .await();
        assertThat(replay.exitCode()).as(replay.errors()).isZero();
    }
}
