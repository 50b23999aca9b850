package io.walpost.billing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.walpost.consumer.testing.FunctionProcess;
import java.io.IOException;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A backlog that is many times as large as the heap. */
class BacklogIT extends BillingProcessTest {

    private static final int ORDERS = 300;
    private static final int NOTE_LENGTH = 900_000;

    /** Twice what a poll returns. */
    private static final int LONGEST_QUEUE = 40;

    /** Long enough for an unbounded queue to take in hundreds more. */
    private static final Duration QUIET = Duration.ofSeconds(3);

    @Test
    void waitsForTheDatabaseWithOnlyAFewOfTheEventsInMemory() throws Exception {
        try (FunctionProcess billing = process("walpost.consumer.stalled-after=1s")) {
            await().atMost(PATIENCE).until(billing::ready);
            try (Connection other = connect();
                    Statement statement = other.createStatement()) {
                other.setAutoCommit(false);
                statement.execute("LOCK TABLE invoice IN ACCESS EXCLUSIVE MODE");
                placeLarge();
                await().atMost(PATIENCE).until(() -> fetched(billing) > 0);
                await().atMost(PATIENCE).during(QUIET).until(() -> fetched(billing) <= LONGEST_QUEUE);
                assertThat(billing.ready()).as("stalled").isFalse();
                assertThat(billing.readiness()).contains("ageMillis", OrderTopic.TOPIC);
                assertThat(billing.metric("walpost_consumer_head_age_seconds")).isGreaterThan(1);
                other.rollback();
            }

            await().atMost(PATIENCE).until(() -> count("invoice") == ORDERS);
            await().atMost(PATIENCE).until(() -> committedOffsets() == ORDERS);
            await().atMost(PATIENCE).until(billing::ready);
            assertThat(topic.deadLetters()).isEmpty();
            assertThat(billing.stop(30)).isTrue();
            assertThat(billing.log()).doesNotContain("OutOfMemoryError");
        }
    }

    private static double fetched(FunctionProcess billing) throws IOException {
        return billing.metric("kafka_consumer_fetch_manager_records_consumed_total");
    }

    private void placeLarge() {
        String note = "x".repeat(NOTE_LENGTH);
        for (int i = 0; i < ORDERS; i++) {
            long order = Orders.newId();
            topic.send("OrderPlaced", order, Orders.placed(order).replaceFirst("\\{", "{\"note\":\"" + note + "\","));
        }
    }
}
