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
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.ProducerRecord;
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
    void movesThePartitionsThatAreMeantToWhereItIsSaid() throws Exception {
        Instant start = Instant.now().minus(Duration.ofHours(1)).truncatedTo(ChronoUnit.MINUTES);
        for (int partition = 0; partition < PARTITIONS; partition++) {
            for (int minute = 0; minute < 10; minute++) {
                long at = start.plus(Duration.ofMinutes(minute)).toEpochMilli();
                topic.send(new ProducerRecord<>(OrderTopic.TOPIC, partition, at, new byte[0], new byte[0]));
            }
        }
        FunctionCommand.Finished end = reset("--latest", "--pass-over");
        assertThat(end.output()).contains("10 records have no effect").doesNotContain("inbox");
        assertThat(committed()).isEqualTo(Map.of(0, 10L, 1, 10L, 2, 10L));

        FunctionCommand.Finished one = reset("--offset", "4", "--partition", "1");
        assertThat(one.output())
                .contains(
                        "6 records are delivered again",
                        "older than walpost.consumer.inbox.retention have their effect a second time where the inbox"
                                + " decides");
        assertThat(committed()).isEqualTo(Map.of(0, 10L, 1, 4L, 2, 10L));
        reset("--earliest", "--partition", "0", "--partition", "2");
        assertThat(committed()).isEqualTo(Map.of(0, 0L, 1, 4L, 2, 0L));
        assertThat(reset("--offset", "2", "--partition", "1", "--dry-run").output())
                .contains("2 records are delivered again");
        assertThat(committed()).isEqualTo(Map.of(0, 0L, 1, 4L, 2, 0L));

        String between = start.plus(Duration.ofSeconds(6 * 60 + 30)).toString();
        assertThat(command("offsets", "reset", "--timestamp", between).exitCode())
                .as("the records before are passed over")
                .isEqualTo(2);
        assertThat(committed()).isEqualTo(Map.of(0, 0L, 1, 4L, 2, 0L));
        reset("--timestamp", between, "--pass-over");
        assertThat(committed()).isEqualTo(Map.of(0, 7L, 1, 7L, 2, 7L));
        reset("--timestamp", start.plus(Duration.ofMinutes(3)).toString(), "--partition", "2");
        assertThat(committed()).isEqualTo(Map.of(0, 7L, 1, 7L, 2, 3L));
        reset("--timestamp", start.plus(Duration.ofMinutes(30)).toString(), "--partition", "0", "--pass-over");
        assertThat(committed()).as("there is no later record").isEqualTo(Map.of(0, 10L, 1, 7L, 2, 3L));
        reset("--offset", "5", "--pass-over");
        assertThat(committed()).isEqualTo(Map.of(0, 5L, 1, 5L, 2, 5L));
    }

    private FunctionCommand.Finished reset(String... how) throws Exception {
        List<String> arguments = new ArrayList<>(List.of("offsets", "reset"));
        arguments.addAll(List.of(how));
        FunctionCommand.Finished reset = command(arguments.toArray(String[]::new));
        assertThat(reset.exitCode()).as(reset.errors()).isZero();
        return reset;
    }

    private Map<Integer, Long> committed() throws Exception {
        try (Admin admin = admin()) {
            return admin.listConsumerGroupOffsets("billing").partitionsToOffsetAndMetadata().get().entrySet().stream()
                    .collect(Collectors.toMap(entry -> entry.getKey().partition(), entry -> entry.getValue()
                            .offset()));
        }
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
