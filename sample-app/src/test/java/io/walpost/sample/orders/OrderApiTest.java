package io.walpost.sample.orders;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.endsWith;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(KeptRowsProfile.class)
class OrderApiTest {

    @Test
    void placesAnOrder() {
        var response = OrderApi.post("/orders", OrderApi.BOOKS);

        long id = response.jsonPath().getLong("id");
        response.then().statusCode(201).header("Location", endsWith("/orders/" + id));
        assertThat(response.asString())
                .isEqualTo("{\"id\":" + id + ",\"version\":1,\"customer\":\"ada\",\"currency\":\"EUR\","
                        + "\"status\":\"PLACED\",\"total\":25.00,\"lines\":"
                        + "[{\"lineId\":1,\"sku\":\"book\",\"quantity\":2,\"unitPrice\":12.50}]}");
    }

    @Test
    void addsALine() {
        long id = OrderApi.placeBooks();

        var response = OrderApi.addPen(id);

        response.then().statusCode(200);
        assertThat(response.asString())
                .contains(
                        "\"version\":2",
                        "\"total\":26.20",
                        "\"lineId\":2,\"sku\":\"pen\",\"quantity\":1,\"unitPrice\":1.20");
    }

    @Test
    void cancels() {
        long id = OrderApi.placeBooks();

        var response = OrderApi.cancel(id);

        response.then().statusCode(200);
        assertThat(response.asString())
                .contains("\"version\":2", "\"status\":\"CANCELLED\"", "\"cancelReason\":\"customer asked\"");
    }

    @Test
    void readsBackWhatItAnswered() {
        long id = OrderApi.placeBooks();
        String answered = OrderApi.addPen(id).asString();

        var response = OrderApi.get("/orders/" + id);

        response.then().statusCode(200);
        assertThat(response.asString()).isEqualTo(answered);
    }

    @Test
    void hasNoCacheUnlessOneIsConfigured() {
        OrderApi.get("/orders/" + OrderApi.placeBooks()).then().statusCode(200);

        assertThat(OrderApi.get("/q/metrics").asString()).doesNotContain("orders_cache");
    }

    @Test
    void reportsHealthAndMetrics() {
        OrderApi.get("/q/health/ready").then().statusCode(200);
        assertThat(OrderApi.get("/q/metrics").asString()).contains("jvm_memory_used_bytes");
    }
}
