package io.walpost.billing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.walpost.consumer.testing.FunctionCommand;
import io.walpost.consumer.testing.FunctionProcess;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Dead letters, from the first to the last, as a person works them. */
class DlqIT extends BillingProcessTest {

    /** A replay of one a second takes longer than a person, or a test, needs to stop it. */
    private static final int ORDERS = 20;

    private static final String PARKED_KEYS = "walpost_consumer_parked_keys";
    private static final String OLDEST = "walpost_consumer_dead_letters_oldest_seconds";

    @Test
    void parksTheEventsOfAnOrderAndReplaysThemInTheirOrder() throws Exception {
        long broken = Orders.newId();
        long healthy = Orders.newId();
        try (FunctionProcess billing = process()) {
            await().atMost(PATIENCE).until(billing::ready);
            execute("ALTER TABLE invoice ADD CONSTRAINT broken CHECK (order_id <> " + broken + ")");
            topic.send("OrderPlaced", broken, Orders.placed(broken));
            topic.send("OrderLineAdded", broken, Orders.penAdded(broken, 2, "26.20"));
            topic.send("OrderPlaced", healthy, Orders.placed(healthy));

            await().atMost(PATIENCE).until(() -> committedOffsets() == 3);
            assertThat(count("invoice WHERE order_id = " + healthy)).isEqualTo(1);
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(billing.metric(PARKED_KEYS)).isEqualTo(1));
            assertThat(billing.metric(OLDEST)).isPositive();
            assertThat(billing.metric("walpost_consumer_events_total{consumer=\"billing\",outcome=\"parked\"}"))
                    .isEqualTo(1);
            assertThat(billing.ready()).isTrue();

            FunctionCommand.Finished list = command("dlq", "list", "--key", Long.toString(broken));
            assertThat(list.exitCode()).as(list.errors()).isEqualTo(3);
            assertThat(list.output().lines()).hasSize(3);
            assertThat(list.output()).contains("constraint-violation", "parked", "OrderPlaced", "OrderLineAdded");
            assertThat(command("dlq", "list", "--failure", "parked", "--json").output())
                    .containsOnlyOnce("\"failure\"")
                    .contains("OrderLineAdded");
            assertThat(command("dlq", "list", "--older-than", "1h").output()).contains("No dead letters");
            long first = firstLetter();
            assertThat(command("dlq", "show", Long.toString(first)).output())
                    .contains("outbox.event.order-", "constraint-violation", "--content shows them")
                    .doesNotContain("unitPrice");
            assertThat(command("dlq", "show", Long.toString(first), "--content").output())
                    .contains("unitPrice");

            FunctionCommand.Finished again = command("dlq", "replay");
            assertThat(again.exitCode()).as(again.errors()).isEqualTo(3);
            assertThat(again.output()).contains("0 replayed, 1 failed again");
            assertThat(again.errors()).contains("constraint-violation");
            assertThat(count("invoice WHERE order_id = " + broken)).isZero();

            execute("ALTER TABLE invoice DROP CONSTRAINT broken");
            assertThat(command("dlq", "replay", "--dry-run").output().lines()).hasSize(3);
            assertThat(count("invoice WHERE order_id = " + broken)).isZero();
            FunctionCommand.Finished replay = command("dlq", "replay", "--rate", "50");
            assertThat(replay.exitCode()).as(replay.errors()).isZero();
            assertThat(replay.output()).contains("2 replayed, 0 failed again");
            assertThat(count("invoice WHERE version = 2 AND total = 26.20 AND order_id = " + broken))
                    .isEqualTo(1);
            assertThat(command("dlq", "replay").output()).contains("0 replayed, 0 failed again");
            assertThat(command("dlq", "list").exitCode()).isZero();
            assertThat(command("dlq", "list", "--resolved").output().lines()).hasSize(3);
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(billing.metric(PARKED_KEYS)).isZero());

            topic.send("OrderCancelled", broken, Orders.cancelled(broken, 3));
            await().atMost(PATIENCE).until(() -> count("credit_note WHERE order_id = " + broken) == 1);
        }
        assertThat(topic.deadLetters()).as("copies").hasSize(2);
    }

    @Test
    void canBeStoppedInAReplayAndGoOn() throws Exception {
        try (FunctionProcess billing = process()) {
            await().atMost(PATIENCE).until(billing::ready);
            execute("ALTER TABLE invoice ADD CONSTRAINT broken CHECK (version = 0)");
            place(ORDERS);
            await().atMost(PATIENCE).until(() -> committedOffsets() == ORDERS);
            assertThat(billing.stop(30)).isTrue();
        }
        execute("ALTER TABLE invoice DROP CONSTRAINT broken");

        FunctionCommand slow = startCommand("dlq", "replay", "--rate", "1");
        await().atMost(PATIENCE).until(() -> count("invoice") >= 1);
        slow.process().destroy();
        assertThat(slow.await().output()).contains("0 failed again", "stopped before the end: run it again");
        int replayed = count("walpost_dead_letter WHERE resolved_at IS NOT NULL");
        assertThat(replayed).isBetween(1, ORDERS - 1);

        assertThat(command("dlq", "replay").output()).contains((ORDERS - replayed) + " replayed, 0 failed again");
        assertThat(count("invoice")).isEqualTo(ORDERS);
        assertThat(count("walpost_dead_letter WHERE resolved_at IS NULL")).isZero();
    }

    @Test
    void saysWhatItHasNotShownOrReplayed() throws Exception {
        long order = Orders.newId();
        try (FunctionProcess billing = process()) {
            await().atMost(PATIENCE).until(billing::ready);
            execute("ALTER TABLE invoice ADD CONSTRAINT broken CHECK (version = 0)");
            topic.send("OrderPlaced", order, Orders.placed(order));
            topic.send("OrderLineAdded", order, Orders.penAdded(order, 2, "26.20"));
            await().atMost(PATIENCE).until(() -> committedOffsets() == 2);
            topic.send("OrderPlaced", Orders.newId(), "{poison");
            await().atMost(PATIENCE).until(() -> count("walpost_dead_letter") == 3);
            assertThat(billing.stop(30)).isTrue();
        }
        execute("ALTER TABLE invoice DROP CONSTRAINT broken");
        long first = firstLetter();
        long second = letter("failure = 'parked'");

        assertThat(command("dlq", "list", "--older-than", "1ms").output().lines())
                .hasSize(4);
        for (String unprocessable :
                List.of("UnprocessableEventException", "io.walpost.consumer.UnprocessableEventException")) {
            assertThat(command("dlq", "list", "--error-class", unprocessable).output())
                    .contains("unprocessable-event")
                    .doesNotContain("parked", "constraint-violation");
        }
        for (String limit : List.of("0", "-1")) {
            for (String command : List.of("list", "replay")) {
                FunctionCommand.Finished refused = command("dlq", command, "--limit", limit);
                assertThat(refused.exitCode()).isEqualTo(2);
                assertThat(refused.errors()).contains("--limit must be 1 or more, and is " + limit);
            }
        }
        assertThat(command("dlq", "list", "--limit", "2").output().lines().toList())
                .hasSize(4)
                .last()
                .isEqualTo("More: --after " + second);
        assertThat(command("dlq", "list", "--limit", "3").output())
                .as("there are no more")
                .doesNotContain("More");

        String waits = "Letter " + second + " waits behind letter " + first;
        String parked = Long.toString(second);
        for (FunctionCommand.Finished waiting : List.of(
                command("dlq", "replay", "--id", parked), command("dlq", "replay", "--id", parked, "--dry-run"))) {
            assertThat(waiting.exitCode()).as(waiting.errors()).isEqualTo(3);
            assertThat(waiting.output()).contains(waits);
        }
        for (FunctionCommand.Finished misspelt : List.of(
                command("dlq", "replay", "--failure", "constraint_violation"),
                command("dlq", "replay", "--failure", "constraint_violation", "--dry-run"))) {
            assertThat(misspelt.exitCode()).as(misspelt.errors()).isEqualTo(3);
            assertThat(misspelt.output()).contains("No unresolved letter is what was asked for");
        }

        assertThat(command("dlq", "replay", "--dry-run", "--limit", "1")
                        .output()
                        .lines()
                        .toList())
                .hasSize(3)
                .last()
                .isEqualTo("More follow.");
        FunctionCommand.Finished one = command("dlq", "replay", "--limit", "1");
        assertThat(one.exitCode()).as(one.errors()).isZero();
        assertThat(one.output()).contains("1 replayed, 0 failed again, 0 in other hands; more follow");
        assertThat(count("walpost_dead_letter WHERE resolved_at IS NULL")).isEqualTo(2);
        assertThat(command("dlq", "replay", "--id", parked).output()).contains("1 replayed");
        assertThat(command("dlq", "discard", "--all", "--reason", "a test").exitCode())
                .isZero();
        assertThat(command("dlq", "replay").exitCode())
                .as("nothing was asked for that is not there")
                .isZero();

        execute(
                "INSERT INTO walpost_dead_letter (consumer, topic, partition, \"offset\", aggregate_type, failure, hint,"
                        + " error_class, headers) SELECT consumer, topic, partition, 1000 + n, aggregate_type, failure, hint,"
                        + " error_class, headers FROM walpost_dead_letter, generate_series(1, 51) n WHERE id = "
                        + first);
        assertThat(command("dlq", "discard", "--all", "--reason", "a test", "--dry-run")
                        .output()
                        .lines()
                        .toList())
                .hasSize(52)
                .last()
                .isEqualTo("More follow.");
    }

    @Test
    void settlesLettersOnlyForAReason() throws Exception {
        long order = Orders.newId();
        topic.send("OrderPlaced", order, "{poison");
        topic.send("OrderPlaced", Orders.newId(), "{poison");
        try (FunctionProcess billing = process()) {
            await().atMost(PATIENCE).until(() -> committedOffsets() == 2);
            assertThat(billing.stop(30)).isTrue();
        }
        assertThat(command("dlq", "discard", "--all").errors()).contains("--reason");
        assertThat(command("dlq", "discard", "--reason", "why").errors()).contains("Say which letters");
        String key = Long.toString(order);
        assertThat(command("dlq", "discard", "--key", key, "--reason", "a test", "--dry-run")
                        .output()
                        .lines())
                .hasSize(2);
        assertThat(command("dlq", "discard", "--key", key, "--reason", "a test").output())
                .contains("1 letter discarded");
        assertThat(command("dlq", "resolve", "--all", "--reason", "by hand").output())
                .contains("1 letter resolved");
        assertThat(command("dlq", "list", "--resolved").output()).contains("discarded", "resolved");
        assertThat(command("dlq", "list").exitCode()).isZero();
    }

    private long firstLetter() throws SQLException {
        return letter("true");
    }

    private long letter(String condition) throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT min(id) FROM walpost_dead_letter WHERE " + condition)) {
            row.next();
            return row.getLong(1);
        }
    }

    private void execute(String sql) throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
