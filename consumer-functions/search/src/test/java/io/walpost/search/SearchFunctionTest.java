package io.walpost.search;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.walpost.consumer.deadletter.DeadLetterTable;
import io.walpost.consumer.deadletter.LetterSelection;
import io.walpost.localstack.LocalKafka;
import io.walpost.localstack.LocalOpenSearch;
import io.walpost.localstack.quarkus.KafkaResource;
import io.walpost.localstack.quarkus.OpenSearchResource;
import io.walpost.localstack.quarkus.PostgresResource;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Map;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

/** The function as it ships, except that it makes the index itself. */
@QuarkusTest
@QuarkusTestResource(value = PostgresResource.class, initArgs = @ResourceArg(name = "database", value = "search"))
@QuarkusTestResource(KafkaResource.class)
@QuarkusTestResource(
        value = OpenSearchResource.class,
        initArgs = @ResourceArg(name = "setting", value = "walpost.search.url"))
class SearchFunctionTest {

    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final String ALIAS = "orders";

    LocalKafka kafka;
    LocalOpenSearch server;

    @Inject
    MeterRegistry meters;

    @Inject
    DataSource dataSource;

    @Test
    void indexesWhatHappensToOrdersThroughAnOutageAndSetsAsideWhatTheIndexRefuses() throws Exception {
        try (OrderTopic topic = new OrderTopic(kafka, OrderRecords.TOPIC);
                OpenSearch search = Indices.client(server, Duration.ofSeconds(30))) {
            for (long id = 1; id <= 1000; id++) {
                topic.change(id);
            }
            topic.delete(17);
            topic.flush();
            awaitAgreement(search, topic);

            server.kill();
            topic.send("OrderPlaced", 5000, OrderRecords.changedPayload(5000, 1, "1e400"));
            for (long id = 500; id <= 1500; id++) {
                topic.change(id);
            }
            topic.flush();
            await().atMost(PATIENCE).until(() -> counted("walpost.consumer.retries", "sink-unreachable") > 0);
            server.start();
            awaitAgreement(search, topic);
        }
        // A wave's letters come after its documents.
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(counted("walpost.consumer.dead.letters", "sink-refused"))
                        .isEqualTo(1));
        assertThat(new DeadLetterTable(dataSource).list(LetterSelection.all().ofConsumer("search"), 0, 10))
                .singleElement()
                .satisfies(letter -> {
                    assertThat(letter.key()).asString(UTF_8).isEqualTo("5000");
                    assertThat(letter.failure()).isEqualTo("sink-refused");
                    assertThat(letter.errorClass()).endsWith("SinkException");
                    assertThat(letter.end()).as("its end").isEmpty();
                });
    }

    private static void awaitAgreement(OpenSearch search, OrderTopic topic) {
        await().atMost(PATIENCE).ignoreExceptions().untilAsserted(() -> assertThat(Indices.versions(search, ALIAS))
                .isEqualTo(Map.copyOf(topic.orders)));
    }

    private double counted(String name, String cause) {
        return meters.get(name).tag("cause", cause).counter().count();
    }
}
