package io.walpost.sample.orders;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(KeptRowsProfile.class)
class OrderTransactionTest {

    private static final String TOO_EXPENSIVE = "\"quantity\":1000,\"unitPrice\":10.01}";

    @Inject
    Outboxes outbox;

    @Inject
    DataSource dataSource;

    @Test
    void writesOrderAndEventInOneTransaction() throws SQLException {
        long id = OrderApi.placeBooks();
        String order = OrderApi.get("/orders/" + id).asString();

        assertThat(outbox.eventsOf(id))
                .containsExactly(new Outboxes.Row(
                        outbox.xidOf(id),
                        "order",
                        "OrderPlaced",
                        "{\"orderId\":" + id + ",\"version\":1,\"customer\":\"ada\",\"currency\":\"EUR\",\"lines\":"
                                + "[{\"lineId\":1,\"sku\":\"book\",\"quantity\":2,\"unitPrice\":12.50}],"
                                + "\"total\":25.00,\"order\":" + order + "}"));
    }

    @Test
    void writesEachChangeAndItsEventInOneTransaction() throws SQLException {
        long id = OrderApi.placeBooks();

        String withPen = OrderApi.addPen(id).then().statusCode(200).extract().asString();

        assertThat(outbox.eventsOf(id))
                .contains(new Outboxes.Row(
                        outbox.xidOf(id),
                        "order",
                        "OrderLineAdded",
                        "{\"orderId\":" + id + ",\"version\":2,\"line\":"
                                + "{\"lineId\":2,\"sku\":\"pen\",\"quantity\":1,\"unitPrice\":1.20},\"total\":26.20,"
                                + "\"order\":" + withPen + "}"));

        String cancelled = OrderApi.cancel(id).then().statusCode(200).extract().asString();

        assertThat(outbox.eventsOf(id))
                .contains(new Outboxes.Row(
                        outbox.xidOf(id),
                        "order",
                        "OrderCancelled",
                        "{\"orderId\":" + id + ",\"version\":3,\"reason\":\"customer asked\",\"order\":" + cancelled
                                + "}"));
    }

    @Test
    void erasesTheOrderWithItsLinesAndSaysNoMoreThanThat() throws SQLException {
        long id = OrderApi.placeBooks();
        OrderApi.addPen(id).then().statusCode(200);

        OrderApi.delete(id).then().statusCode(204);

        assertThat(outbox.countOrders(id)).isZero();
        assertThat(outbox.countLines(id)).isZero();
        assertThat(outbox.eventsOf(id))
                .filteredOn(row -> row.type().equals("OrderDeleted"))
                .extracting(Outboxes.Row::payload)
                .containsExactly("{\"orderId\":" + id + ",\"version\":3}");
        OrderApi.get("/orders/" + id).then().statusCode(404);
        OrderApi.delete(id).then().statusCode(404);
    }

    @Test
    void rollsBackOrderAndEventTogether() throws SQLException {
        long id = OrderApi.post("/orders", "{\"customer\":\"ada\",\"lines\":[{\"sku\":\"book\"," + TOO_EXPENSIVE + "]}")
                .then()
                .statusCode(422)
                .body("error", equalTo("credit-limit"))
                .body("message", containsString("rolled back"))
                .extract()
                .jsonPath()
                .getLong("orderId");

        assertThat(outbox.countOrders(id)).isZero();
        assertThat(outbox.countLines(id)).isZero();
        assertThat(outbox.eventsOf(id)).isEmpty();
        OrderApi.get("/orders/" + id).then().statusCode(404);
    }

    @Test
    void rollsBackAChangeAndItsEventTogether() throws SQLException {
        long id = OrderApi.placeBooks();
        String before = OrderApi.get("/orders/" + id).asString();

        OrderApi.post("/orders/" + id + "/lines", "{\"sku\":\"pen\"," + TOO_EXPENSIVE)
                .then()
                .statusCode(422)
                .body("orderId", equalTo((int) id));

        assertThat(OrderApi.get("/orders/" + id).asString()).isEqualTo(before);
        assertThat(outbox.eventsOf(id)).hasSize(1);
    }

    @Test
    void allowsAnOrderOfExactlyTheLimit() {
        OrderApi.post(
                        "/orders",
                        "{\"customer\":\"ada\",\"lines\":[{\"sku\":\"b\",\"quantity\":1000,\"unitPrice\":10.00}]}")
                .then()
                .statusCode(201);
    }

    @Test
    void numbersConcurrentChangesInTheOrderOfTheirCommits() throws SQLException {
        long id = OrderApi.placeBooks();
        int changes = 20;
        List<Long> committed;
        try (CommitOrder order = new CommitOrder(dataSource)) {
            assertThat(concurrently(changes, () -> OrderApi.addPen(id).statusCode()))
                    .containsOnly(200);
            committed = order.xids();
        }

        Map<Long, String> payloads =
                outbox.eventsOf(id).stream().collect(toMap(Outboxes.Row::xid, Outboxes.Row::payload));

        assertThat(committed).hasSize(changes);
        for (int i = 0; i < changes; i++) {
            assertThat(payloads.get(committed.get(i))).contains("\"version\":" + (i + 2) + ",");
        }
        OrderApi.get("/orders/" + id).then().body("version", equalTo(1 + changes));
    }

    @Test
    void letsOneOfTwoConcurrentCancellationsSucceed() throws SQLException {
        long id = OrderApi.placeBooks();

        List<Integer> answered = concurrently(2, () -> OrderApi.cancel(id).statusCode());

        assertThat(answered).containsExactlyInAnyOrder(200, 409);
        assertThat(outbox.eventsOf(id))
                .extracting(Outboxes.Row::type)
                .containsExactlyInAnyOrder("OrderPlaced", "OrderCancelled");
    }

    private static <T> List<T> concurrently(int times, Supplier<T> request) {
        try (ExecutorService threads = Executors.newFixedThreadPool(times)) {
            List<CompletableFuture<T>> running = IntStream.range(0, times)
                    .mapToObj(i -> CompletableFuture.supplyAsync(request, threads))
                    .toList();
            return running.stream().map(CompletableFuture::join).toList();
        }
    }
}
