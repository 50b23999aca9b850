package io.walpost.billing.lambda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.walpost.consumer.lambda.testing.EventSourceMapping;
import io.walpost.consumer.lambda.testing.Redelivery;
import io.walpost.localstack.lambda.Answer;
import io.walpost.localstack.lambda.LambdaFunction;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The real function.zip under Lambda's own runtime, with real servers and a poller that does what Lambda's does. */
@Timeout(180)
class BillingFunctionIT extends BillingFunctionTest {

    @Test
    void billsEachOrderOnceAndPutsAsideWhatCannotBeBilled() throws Exception {
        int orders = 60;
        LambdaFunction function = function(Duration.ofSeconds(30), Duration.ofSeconds(5));
        List<Path> files = files(function.folder());
        for (long order = 1; order <= orders; order++) {
            sendTwice(placed(order));
        }
        long poisoned = 7;
        for (int version = 2; version <= 3; version++) {
            for (long order = 1; order <= orders; order++) {
                boolean poison = order == poisoned && version == 2;
                sendTwice(poison ? topic.event(order, "OrderLineAdded", "{no json") : lineAdded(order, version));
            }
        }
        topic.send(topic.record(0, null, "{}"));
        topic.send(topic.event(100, "OrderPlaced", null));
        EventSourceMapping mapping = mapping(50, Redelivery.FROM_THE_FIRST);

        mapping.deliverAll();

        assertThat(mapping.answers())
                .as("what is a duplicate or set aside is done with")
                .allMatch(NOTHING_FAILED::equals);
        assertThat(database.count("invoice")).isEqualTo(orders);
        assertThat(database.count("invoice_line"))
                .as("each in its order, or its total would not have fitted")
                .isEqualTo(3 * orders - 2);
        assertThat(database.count("walpost_inbox")).isEqualTo(3 * orders - 2);
        assertThat(database.texts("SELECT failure FROM walpost_dead_letter WHERE key = '7' ORDER BY \"offset\""))
                .as("the event, its duplicate, and what came after it, twice too")
                .containsExactly("unprocessable-event", "parked", "parked", "parked");
        assertThat(database.texts("SELECT failure FROM walpost_dead_letter WHERE key IS NULL"))
                .containsExactly("malformed-record");
        assertThat(database.texts("SELECT failure FROM walpost_dead_letter WHERE key = '100'"))
                .containsExactly("unprocessable-event");
        assertThat(database.count("walpost_dead_letter")).isEqualTo(6);
        assertThat(files(function.folder()))
                .as("what Lambda would not let it write")
                .isEqualTo(files);
    }

    @ParameterizedTest
    @EnumSource(Redelivery.class)
    void goesOnWithOtherPartitionsWhileARecordOfOneHasToBeRetried(Redelivery redelivery) throws Exception {
        int others = 30;
        function(Duration.ofSeconds(6), Duration.ofSeconds(4));
        topic.send(placed(4));
        mapping(10, redelivery).deliverAll();
        CompletableFuture<Void> delivery;
        EventSourceMapping mapping;
        try (Connection accountant = lockInvoice(4)) {
            topic.send(placed(8));
            topic.send(lineAdded(4, 2));
            topic.send(placed(12));
            topic.send(lineAdded(4, 3));
            for (long order = 1; order <= others; order++) {
                topic.send(placed(1000 + PARTITIONS * order + 1 + order % 3));
            }
            mapping = mapping(200, redelivery);

            delivery = deliverAll(mapping);

            await().atMost(PATIENCE).until(() -> mapping.answers().size() >= 2);
            assertThat(database.count("invoice WHERE order_id > 1000")).isEqualTo(others);
            assertThat(mapping.answers()).allSatisfy(answer -> assertThat(answer)
                    .isInstanceOfSatisfying(Answer.Success.class, success -> assertThat(success.json())
                            .contains(topic.name + "-0")
                            .doesNotContain(topic.name + "-1", topic.name + "-2", topic.name + "-3")));
            assertThat(delivery).isNotDone();
        }

        delivery.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        assertThat(database.count("invoice")).isEqualTo(others + 3);
        assertThat(database.count("invoice_line WHERE order_id = 4")).isEqualTo(3);
        assertThat(database.count("walpost_dead_letter")).isZero();
    }

    @ParameterizedTest
    @EnumSource(Redelivery.class)
    void stopsBeforeItsDeadlineInTheMiddleOfABatch(Redelivery redelivery) throws Exception {
        int lines = 1500;
        function(Duration.ofSeconds(5), Duration.ofSeconds(4));
        topic.send(placed(4));
        mapping(10, redelivery).deliverAll();
        for (int version = 2; version <= lines; version++) {
            topic.send(lineAdded(4, version));
        }
        EventSourceMapping mapping = mapping(PARTITIONS * lines, redelivery);

        mapping.deliverAll();

        assertThat(mapping.answers())
                .as("none was cut off by Lambda")
                .allMatch(answer -> answer instanceof Answer.Success)
                .as("one got along, and not to the end")
                .anyMatch(answer -> !named(answer, 1) && named(answer, lines - 1));
        assertThat(database.count("invoice_line WHERE order_id = 4")).isEqualTo(lines);
        assertThat(database.count("walpost_dead_letter")).isZero();
    }

    private static boolean named(Answer answer, long offset) {
        return ((Answer.Success) answer).json().contains("\"offset\":" + offset + "}");
    }

    @Test
    void billsOnceWhenKilledInTheMiddleOfAnInvocation() throws Exception {
        int others = 20;
        LambdaFunction function = function(Duration.ofSeconds(30), Duration.ofSeconds(4));
        topic.send(placed(4));
        mapping(10, Redelivery.FROM_THE_FIRST).deliverAll();
        CompletableFuture<Void> delivery;
        EventSourceMapping mapping;
        try (Connection accountant = lockInvoice(4)) {
            topic.send(lineAdded(4, 2));
            for (long order = 1; order <= others; order++) {
                topic.send(placed(PARTITIONS * (order + 1) + 1));
            }
            mapping = mapping(200, Redelivery.FROM_THE_FIRST);
            delivery = deliverAll(mapping);
            await().atMost(PATIENCE)
                    .until(() -> database.count("invoice") == others + 1
                            && database.count("pg_stat_activity WHERE wait_event_type = 'Lock'"
                                            + " AND application_name = 'walpost-billing'")
                                    == 1);

            function.kill();
        }

        delivery.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        assertThat(mapping.answers().getFirst()).isInstanceOf(Answer.Ended.class);
        assertThat(database.count("invoice")).isEqualTo(others + 1);
        assertThat(database.count("invoice_line")).isEqualTo(others + 2);
        assertThat(database.count("walpost_inbox")).isEqualTo(others + 2);
        assertThat(database.count("walpost_dead_letter")).isZero();
    }

    @Test
    void losesNothingWhenItIsKilledAgainAndAgain() throws Exception {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        int orders = 150;
        LambdaFunction function = function(Duration.ofSeconds(20), Duration.ofSeconds(5));
        for (int version = 1; version <= 4; version++) {
            for (long order = 1; order <= orders; order++) {
                topic.send(version == 1 ? placed(order) : lineAdded(order, version));
            }
        }
        EventSourceMapping mapping = mapping(60, Redelivery.JUST_THOSE);

        CompletableFuture<Void> delivery = deliverAll(mapping);
        int kills = 0;
        for (; kills < 3 && !delivery.isDone(); kills++) {
            int after = database.count("walpost_inbox") + 1 + random.nextInt(orders / 2);
            await().atMost(PATIENCE)
                    .pollInterval(Duration.ofMillis(5))
                    .until(() -> delivery.isDone() || database.count("walpost_inbox") >= after);
            function.kill();
        }

        delivery.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        assertThat(kills).as("seed %d", seed).isPositive();
        assertThat(database.count("invoice")).as("seed %d", seed).isEqualTo(orders);
        assertThat(database.count("invoice_line")).as("seed %d", seed).isEqualTo(4 * orders);
        assertThat(database.count("walpost_dead_letter")).as("seed %d", seed).isZero();
    }

    @Test
    void failsWithASentenceAtWhatIsNoBatchOfRecords() throws Exception {
        LambdaFunction function = function(Duration.ofSeconds(20), Duration.ofSeconds(5));

        assertThat(function.invoke("{\"key\":\"value\"}"))
                .isInstanceOfSatisfying(Answer.Failure.class, failure -> assertThat(failure.message())
                        .isEqualTo("The event has no 'records';"
                                + " is the function invoked by an event source mapping for Kafka?"));
        assertThat(function.invoke("{\"records\":{\"t-0\":[{\"topic\":\"t\",\"offset\":3,\"value\":\"§\"}]}}"))
                .isInstanceOfSatisfying(Answer.Failure.class, failure -> {
                    assertThat(failure.message()).isEqualTo("The value of the record t-0@3 is not base64");
                    assertThat(failure.json()).doesNotContain("§");
                });
        assertThat(function.invoke("{\"records\":{}, \"unknown\": {\"field\": 1}}"))
                .isEqualTo(NOTHING_FAILED);
    }

    @Test
    void failsWithASentenceAtSettingsThatMakeNoSense() throws Exception {
        LambdaFunction function =
                function(Duration.ofSeconds(20), Map.of("WALPOST_CONSUMER_RETRY_ATTEMPTS_ON_UNKNOWN", "0"));

        assertThat(function.invoke("{\"records\":{}}"))
                .isInstanceOfSatisfying(
                        Answer.Failure.class,
                        failure -> assertThat(failure.message())
                                .isEqualTo(
                                        "The consumer cannot start: walpost.consumer.retry.attempts-on-unknown must be at least 1, and is 0"));
    }

    @Test
    void failsWithASentenceAtATopicForItsDeadLettersWhichWouldGetNone() throws Exception {
        LambdaFunction function =
                function(Duration.ofSeconds(20), Map.of("WALPOST_CONSUMER_DEAD_LETTERS_TOPIC", "billing.dead-letter"));

        assertThat(function.invoke("{\"records\":{}}"))
                .isInstanceOfSatisfying(Answer.Failure.class, failure -> assertThat(failure.message())
                        .isEqualTo("The consumer cannot start: walpost.consumer.dead-letters.topic must not be set:"
                                + " a Lambda function writes its dead letters to the table walpost_dead_letter"
                                + " alone, and no copies to 'billing.dead-letter'"));
    }

    @Test
    void failsWithItsWholeBatchWhereOnlyThatIsUnderstood() throws Exception {
        function(
                Duration.ofSeconds(6),
                Map.of(
                        "WALPOST_CONSUMER_LAMBDA_MARGIN", "4s",
                        "WALPOST_CONSUMER_LAMBDA_REPORT_BATCH_ITEM_FAILURES", "false"));
        topic.send(placed(4));
        mapping(10, Redelivery.FROM_THE_FIRST).deliverAll();
        CompletableFuture<Void> delivery;
        EventSourceMapping mapping;
        try (Connection accountant = lockInvoice(4)) {
            topic.send(lineAdded(4, 2));
            topic.send(placed(5));
            mapping = mapping(10, Redelivery.FROM_THE_FIRST);
            delivery = deliverAll(mapping);
            await().atMost(PATIENCE).until(() -> !mapping.answers().isEmpty());
        }

        delivery.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        assertThat(mapping.answers().getFirst())
                .isInstanceOfSatisfying(Answer.Failure.class, failure -> assertThat(failure.message())
                        .isEqualTo("1 of 2 records are to come again, from " + topic.name + "-0@1 on"));
        assertThat(database.count("invoice")).isEqualTo(2);
        assertThat(database.count("invoice_line")).isEqualTo(3);
        assertThat(database.count("walpost_dead_letter")).isZero();
    }

    private void sendTwice(ProducerRecord<byte[], byte[]> event) {
        topic.send(event);
        topic.send(event);
    }

    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.sorted().toList();
        }
    }
}
