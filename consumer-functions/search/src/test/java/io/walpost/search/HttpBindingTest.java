package io.walpost.search;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.text.IsBlankString.blankOrNullString;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.ValidatableResponse;
import io.walpost.consumer.deadletter.DeadLetterTable;
import io.walpost.consumer.deadletter.LetterSelection;
import io.walpost.consumer.deadletter.LetterSummary;
import io.walpost.localstack.LocalOpenSearch;
import io.walpost.localstack.quarkus.KafkaResource;
import io.walpost.localstack.quarkus.OpenSearchResource;
import io.walpost.localstack.quarkus.PostgresResource;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

/** Search as Knative's KafkaSource sees it. */
@QuarkusTest
@TestProfile(HttpBindingTest.Knative.class)
@QuarkusTestResource(value = PostgresResource.class, initArgs = @ResourceArg(name = "database", value = "search"))
@QuarkusTestResource(KafkaResource.class)
@QuarkusTestResource(
        value = OpenSearchResource.class,
        initArgs = @ResourceArg(name = "setting", value = "walpost.search.url"))
class HttpBindingTest {

    private static final String ALIAS = "orders";
    private static final AtomicLong OFFSETS = new AtomicLong();

    LocalOpenSearch server;

    @Inject
    DataSource dataSource;

    public static class Knative implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of(
                    "walpost.consumer.binding", "http",
                    "walpost.consumer.http.patience", "5s",
                    "walpost.search.create-index", "true");
        }
    }

    @Test
    void indexesSetsAsideAndAsksAgainWhileOpenSearchIsAway() throws Exception {
        changed(1, 2, "25.00").statusCode(204);
        changed(1, 1, "10.00").statusCode(204);
        changed(2, 1, "1e400").statusCode(204);
        changed(2, 2, "25.00").statusCode(204);

        try (OpenSearch search = Indices.client(server, Duration.ofSeconds(30))) {
            assertThat(Indices.versions(search, ALIAS)).isEqualTo(Map.of(1L, 2L));
            assertThat(new DeadLetterTable(dataSource)
                            .list(LetterSelection.all().ofConsumer("search"), 0, 10))
                    .extracting(LetterSummary::failure)
                    .containsExactlyInAnyOrder("sink-refused", "parked");

            server.kill();
            changed(1, 3, "30.00").statusCode(503).header("Retry-After", not(blankOrNullString()));
            server.start();
            changed(1, 3, "30.00").statusCode(204);
            assertThat(Indices.versions(search, ALIAS)).isEqualTo(Map.of(1L, 3L));
        }
    }

    private static ValidatableResponse changed(long order, long version, String total) {
        return given().header("ce-specversion", "1.0")
                .header("ce-id", UUID.randomUUID())
                .header("ce-source", "/walpost")
                .header("ce-type", "OrderLineAdded")
                .header("ce-subject", order)
                .header("ce-knativekafkapartition", 0)
                .header("ce-knativekafkaoffset", OFFSETS.getAndIncrement())
                .contentType("application/json")
                .body(OrderRecords.changedPayload(order, version, total))
                .post("/")
                .then();
    }
}
