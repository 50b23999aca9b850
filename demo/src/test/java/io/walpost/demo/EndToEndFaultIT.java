package io.walpost.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.walpost.demo.check.Verdict;
import io.walpost.demo.load.OrderLoad;
import io.walpost.demo.stage.ConsumerFunction;
import io.walpost.demo.stage.StagePlan;
import java.sql.Connection;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;

/**
 * Each part from the order service to billing is killed where it hurts most. Then, every time: nothing is missing, each order's events arrived in order,
 * each committed order has one invoice with the right content, and nothing that was rolled back has one.
 */
class EndToEndFaultIT {

    private static final Duration LIMIT = Duration.ofSeconds(60);

    private TestStage test;

    @BeforeEach
    void start(TestInfo info) throws InterruptedException {
        test = new TestStage(info.getTestMethod().orElseThrow().getName(), StagePlan.of(ConsumerFunction.BILLING));
        test.start();
    }

    @AfterEach
    void close() {
        test.close();
    }

    @Test
    void relayIsKilledBetweenAcknowledgementAndConfirmation() throws Exception {
        test.stage().relay().close();
        test.stage().relay().start(Map.of("WALPOST_RELAY_CONFIRM_INTERVAL", "1h"));
        String confirmed = test.confirmedLsn();
        // Fewer events than the relay confirms at once, however long the interval.
        OrderLoad load = test.load(50, 0);
        TestStage.awaitDone(load);
        await().atMost(LIMIT).until(() -> test.acknowledgedToRelay() == load.changes());

        test.stage().relay().kill();

        assertThat(test.confirmedLsn()).as("confirmed to the slot").isEqualTo(confirmed);
        await().atMost(LIMIT).until(() -> test.ledger().events() == load.changes());
        assertThat(test.ledger().duplicates()).isZero();

        test.stage().relay().start();
        Verdict verdict = test.verdict(load.rolledBack());
        assertHolds(verdict);
        assertThat(verdict.committed()).isEqualTo(50);
        assertThat(verdict.rolledBack()).isPositive();
        assertThat(verdict.events()).isEqualTo(load.changes());
        assertThat(verdict.duplicates())
                .as("everything that was not confirmed comes again, once")
                .isEqualTo(load.changes());
    }

    @Test
    void relayIsKilledInTheMiddleOfALargeTransaction() throws Exception {
        int orders = 5_000;
        int events = orders * BulkOrders.EVENTS_PER_ORDER;
        test.stage().relay().close();
        try (Connection connection = test.stage().databases().connectToOrders()) {
            BulkOrders.commit(connection, orders);
        }
        String confirmed = test.confirmedLsn();
        // At most 50 events every 100 ms: the 10,000 take 20 s, and are killed after two.
        test.stage().relay().start(Map.of("WALPOST_RELAY_IN_FLIGHT_EVENTS", "50", "KAFKA_LINGER_MS", "100"));
        await().atMost(LIMIT).until(() -> test.ledger().events() >= 1_000);

        test.stage().relay().kill();

        long published = awaitSilence();
        assertThat(published).as("published when the relay was killed").isBetween(1_000L, events - 1_000L);
        assertThat(test.confirmedLsn()).as("confirmed to the slot").isEqualTo(confirmed);

        test.stage().relay().start();
        Verdict verdict = test.verdict(Set.of());
        assertHolds(verdict);
        assertThat(verdict.committed()).isEqualTo(orders);
        assertThat(verdict.events()).isEqualTo(events);
        assertThat(verdict.duplicates())
                .as("what was published of the transaction comes again, once")
                .isEqualTo(published);
    }

    /** What the relay had sent before it was killed may still arrive. Returns how much has. */
    private long awaitSilence() {
        await().during(Duration.ofSeconds(1)).atMost(LIMIT).until(new Unchanged(() -> test.ledger()
                .events()));
        return test.ledger().events();
    }

    @Test
    void postgresIsKilledUnderLoad() throws Exception {
        OrderLoad load = test.load(300, 60);
        await().atMost(LIMIT).until(() -> load.committed() >= 100);

        test.stage().servers().postgres().kill();
        await("a customer has noticed").atMost(LIMIT).until(() -> load.failures() > 0);
        test.stage().servers().postgres().start();

        TestStage.awaitDone(load);
        Verdict verdict = test.verdict(load.rolledBack());
        assertHolds(verdict);
        // A request without an answer may have been committed as well.
        assertThat(verdict.committed()).isBetween(300L, 300 + load.failures());
        assertThat(verdict.rolledBack()).isPositive();
        assertThat(verdict.events()).isBetween(load.changes(), load.changes() + load.failures());
        assertThat(verdict.duplicates()).isLessThanOrEqualTo(verdict.events());
    }

    @Test
    void kafkaIsKilledUnderLoad() throws Exception {
        OrderLoad load = test.load(300, 60);
        await().atMost(LIMIT).until(() -> load.committed() >= 100);

        test.stage().servers().kafka().kill();
        await("orders are placed without Kafka").atMost(LIMIT).until(() -> load.committed() >= 150);
        test.stage().servers().kafka().start();

        TestStage.awaitDone(load);
        Verdict verdict = test.verdict(load.rolledBack());
        assertHolds(verdict);
        assertThat(load.failures()).as("the order service does not know Kafka").isZero();
        assertThat(verdict.committed()).isEqualTo(300);
        assertThat(verdict.rolledBack()).isPositive();
        assertThat(verdict.events()).isEqualTo(load.changes());
        assertThat(verdict.duplicates()).isLessThanOrEqualTo(verdict.events());
    }

    private static void assertHolds(Verdict verdict) {
        System.out.println(verdict.summary());
        assertThat(verdict.differences()).as(verdict.summary()).isEmpty();
    }
}
