package io.walpost.billing;

import static org.assertj.core.api.Assertions.assertThat;

import io.walpost.consumer.testing.BindingContract;
import io.walpost.consumer.testing.FunctionProcess;
import io.walpost.consumer.testing.RunningConsumer;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The packaged service as a member of a group of Kafka's. */
class KafkaContractIT extends BindingContract {

    private static final Map<String, String> CHANNEL = Map.of(
            "mp.messaging.incoming.events.session.timeout.ms", "6000",
            "mp.messaging.incoming.events.auto.commit.interval.ms", "100");

    private static final String DUPLICATES =
            "walpost_consumer_events_total{consumer=\"billing\",outcome=\"duplicate\"}";

    private static final List<String> WITH_TWO_LINES =
            List.of("invoice over 14.90, version 3", "line 1: book", "line 2: pen", "line 3: pen");

    @Override
    protected RunningConsumer start(String group, Map<String, String> settings) throws Exception {
        Map<String, String> all = new HashMap<>(QUICK);
        all.putAll(CHANNEL);
        all.put("mp.messaging.incoming.events.group.id", group);
        all.putAll(settings);
        return new Service(ServiceProcess.start(environment(), all));
    }

    @Test
    void acknowledgesABatchUpToTheRecordThatHasToWait() throws Exception {
        long waiting = newOrder();
        long before = newOrderBeside(waiting);
        long behind = newOrderBeside(waiting);
        place(waiting);
        awaitAcknowledged();
        long acknowledged = acknowledged(waiting);
        stopConsumer();
        // One batch, since nobody takes them yet.
        place(before);
        addLine(waiting, 2);
        place(behind);
        try (Connection accountant =
                database.holding("SELECT FROM invoice WHERE order_id = " + waiting + " FOR UPDATE")) {
            consumeWith(Map.of("quarkus.datasource.jdbc.additional-jdbc-properties.options", "-c lock_timeout=300ms"));
            patiently().until(() -> !stateOf(before).isEmpty());

            stopConsumer();
            assertThat(acknowledged(waiting)).as("what lies before it").isEqualTo(acknowledged + 1);
        }

        consumeWith(Map.of());
        awaitAcknowledged();
        assertThat(stateOf(waiting)).contains("line 2: pen");
        assertThat(stateOf(behind)).isEqualTo(stateOf(before));
        assertThat(lettersOf(waiting)).isEmpty();
    }

    @Test
    void appliesEachEventOnceWhosePartitionIsTakenAwayFromUnderItsHandler() throws Exception {
        List<Long> orders = List.of(newOrder(), newOrder(), newOrder(), newOrder());
        orders.forEach(this::place);
        awaitAcknowledged();
        int claims = database.count("walpost_inbox");
        stopConsumer();
        // One batch with events of all partitions, since nobody takes them yet.
        orders.forEach(order -> addLine(order, 2));
        try (Connection accountant = lockInvoices(orders)) {
            consumeWith(Map.of());
            patiently().until(() -> waitingForATransaction() == 1);
            try (RunningConsumer other = start(GROUP, Map.of())) {
                // It has partitions of the first one, and waits for what becomes of the claims.
                patiently().until(() -> waitingForATransaction() == 2);
                accountant.rollback();
                awaitAcknowledged();
                orders.forEach(order -> addLine(order, 3));
                awaitAcknowledged();
            }
        }

        for (long order : orders) {
            assertThat(stateOf(order)).isEqualTo(WITH_TWO_LINES);
            assertThat(lettersOf(order)).isEmpty();
        }
        assertThat(database.count("walpost_inbox")).isEqualTo(claims + 2 * orders.size());
    }

    @Test
    void leavesItsPartitionsToAnotherWhileItIsFrozenAndTurnsNoOffsetBack() throws Exception {
        long order = newOrder();
        place(order);
        awaitAcknowledged();
        stopConsumer();
        int claims = database.count("walpost_inbox");
        consumeWith(
                Map.of("quarkus.datasource.jdbc.new-connection-sql", "SET idle_in_transaction_session_timeout = '2s'"));
        FunctionProcess first = ((Service) consumer).process();
        double duplicates = first.metric(DUPLICATES);
        try (Connection accountant = lockInvoices(List.of(order))) {
            addLine(order, 2);
            patiently().until(() -> waitingForATransaction() == 1);
            first.freeze();
            addLine(order, 3);
            try (RunningConsumer other = start(GROUP, Map.of())) {
                // Its session has ended: another has the partition, and waits for what becomes of its claim.
                patiently().until(() -> waitingForATransaction() == 2);
                // From here the frozen one's transaction is idle, and keeps the claim until the server ends it.
                accountant.rollback();
                awaitAcknowledged();
                assertThat(stateOf(order)).isEqualTo(WITH_TWO_LINES);

                first.thaw();
                patiently()
                        .ignoreExceptions()
                        .failFast("An offset was turned back", () -> !topic.isAcknowledged(GROUP))
                        .until(() -> first.metric(DUPLICATES) > duplicates && topic.members(GROUP) == 2);
                addLine(order, 4);
                awaitAcknowledged();
            } finally {
                first.thaw();
            }
        }

        assertThat(stateOf(order)).contains("invoice over 16.10, version 4").hasSize(5);
        assertThat(lettersOf(order)).isEmpty();
        assertThat(database.count("walpost_inbox")).isEqualTo(claims + 3);
    }

    /** For its end, because it holds a row, or a claim. */
    private int waitingForATransaction() throws SQLException {
        return database.count("pg_stat_activity WHERE wait_event = 'transactionid' AND datname = current_database()");
    }

    private Connection lockInvoices(List<Long> orders) throws SQLException {
        return database.holding("SELECT FROM invoice WHERE order_id IN ("
                + orders.stream().map(Object::toString).collect(Collectors.joining(",")) + ") FOR UPDATE");
    }

    private record Service(FunctionProcess process) implements RunningConsumer {

        @Override
        public double waits() throws Exception {
            return process.metric("walpost_consumer_retries_total");
        }

        @Override
        public void kill() throws Exception {
            process.kill();
        }

        @Override
        public void close() throws Exception {
            assertThat(process.stop(30)).as("ended by itself").isTrue();
        }
    }
}
