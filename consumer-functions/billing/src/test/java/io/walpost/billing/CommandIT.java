package io.walpost.billing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.walpost.consumer.InboxPartitions;
import io.walpost.consumer.testing.FunctionCommand;
import io.walpost.consumer.testing.FunctionProcess;
import java.io.InputStream;
import java.sql.Connection;
import java.sql.Statement;
import org.junit.jupiter.api.Test;

/** The commands of the packaged service. */
class CommandIT extends BillingProcessTest {

    private static final int ORDERS = 30;

    @Test
    void explainsItselfWithoutSettings() throws Exception {
        assertThat(command("--help").output()).contains("serve", "offsets", "inbox");
        assertThat(command("inbox", "maintain", "--help").output()).contains("once a day");
        assertThat(command("offsets", "reset", "--help").output()).contains("--earliest", "--dry-run");
        FunctionCommand.Finished mistake = command("offsets", "reset");
        assertThat(mistake.exitCode()).isEqualTo(2);
        assertThat(mistake.errors()).contains("--earliest").contains("function offsets reset --help");
        assertThat(command("offset").errors()).contains("Did you mean: function offsets");
    }

    @Test
    void movesTheOffsetsOfAGroupThatIsNotActive() throws Exception {
        place(ORDERS);
        try (FunctionProcess billing = process()) {
            await().atMost(PATIENCE).until(() -> committedOffsets() == ORDERS);
            FunctionCommand.Finished refused = command("offsets", "reset", "--earliest");
            assertThat(refused.exitCode()).isEqualTo(75);
            assertThat(refused.errors()).contains("The group billing is active, with 1 member.");
            assertThat(billing.stop(30)).isTrue();
        }
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(
                        command("offsets", "show", "--json").output())
                .containsPattern("\"members\": ?0"));

        assertThat(command("offsets", "reset", "--earliest", "--dry-run").output())
                .contains("nothing changed yet", "records are delivered again");
        assertThat(committedOffsets()).isEqualTo(ORDERS);
        FunctionCommand.Finished back = command("offsets", "reset", "--earliest");
        assertThat(back.exitCode()).as(back.errors()).isZero();
        assertThat(committedOffsets()).isZero();
        assertThat(command("offsets", "show").output()).contains("Group billing, topic outbox.event.order, not active");

        FunctionCommand.Finished forward = command("offsets", "reset", "--latest");
        assertThat(forward.exitCode()).isEqualTo(2);
        assertThat(forward.errors()).contains(ORDERS + " records would stay without effect", "--pass-over");
        assertThat(committedOffsets()).isZero();
        assertThat(command("offsets", "reset", "--offset", "999999").errors()).contains("and not 999999");
        assertThat(command("offsets", "reset", "--earliest", "--partition", "7").errors())
                .contains("has no partition 7");

        try (FunctionProcess billing = process()) {
            await().atMost(PATIENCE).until(() -> committedOffsets() == ORDERS);
            assertThat(billing.metric("walpost_consumer_events_total{consumer=\"billing\",outcome=\"duplicate\"}"))
                    .isEqualTo(ORDERS);
            assertThat(billing.stop(30)).isTrue();
        }
        assertThat(count("invoice")).isEqualTo(ORDERS);

        assertThat(command("offsets", "reset", "--timestamp", "2000-01-01T00:00:00Z")
                        .exitCode())
                .isZero();
        assertThat(committedOffsets()).isZero();
        assertThat(command("offsets", "reset", "--latest", "--pass-over").exitCode())
                .isZero();
        assertThat(committedOffsets()).isEqualTo(ORDERS);
    }

    @Test
    void keepsTheInboxInShapeAndSaysWhatIsAway() throws Exception {
        FunctionCommand.Finished unprepared = command("inbox", "maintain");
        assertThat(unprepared.exitCode()).isEqualTo(78);
        assertThat(unprepared.errors()).contains("run the migrations");
        makeInbox();
        FunctionCommand.Finished round = command("inbox", "maintain");
        assertThat(round.exitCode()).as(round.errors()).isZero();
        assertThat(round.output()).contains("38 partitions made, 0 dropped, 0 claims deleted");
        assertThat(count("pg_class WHERE relname ~ '^walpost_inbox_[0-9]{8}$'")).isEqualTo(38);
        assertThat(command("inbox", "maintain", "--json").output())
                .containsPattern("\"created\": ?0")
                .containsPattern("\"complete\": ?true");

        kafka.kill();
        FunctionCommand.Finished noKafka = command("offsets", "show");
        assertThat(noKafka.exitCode()).isEqualTo(69);
        assertThat(noKafka.errors()).contains("Is Kafka up and reachable?");
    }

    private void makeInbox() throws Exception {
        try (InputStream sql = InboxPartitions.class.getResourceAsStream("/db/walpost-inbox/R__walpost_inbox.sql");
                Connection connection = connect();
                Statement statement = connection.createStatement()) {
            statement.execute(new String(sql.readAllBytes(), UTF_8));
        }
    }
}
