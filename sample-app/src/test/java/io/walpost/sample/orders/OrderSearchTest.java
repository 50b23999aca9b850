package io.walpost.sample.orders;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.RestAssured;
import io.restassured.response.Response;
import io.walpost.localstack.LocalOpenSearch;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@TestProfile(SearchProfile.class)
class OrderSearchTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    LocalOpenSearch search;

    private OrderIndex index;

    @BeforeEach
    void fill() throws Exception {
        index = new OrderIndex(search);
        index.create();
        index.put(1, order(1, "Ada Lovelace", "PLACED", "engine-part"));
        index.put(2, order(2, "Grace Hopper", "PLACED", "moth"));
        index.put(3, order(3, "Ada", "CANCELLED", "moth"));
        index.put(4, "{\"deleted\":true}");
    }

    @AfterEach
    void empty() throws Exception {
        search.start();
        index.delete();
    }

    private static String order(long id, String customer, String status, String sku) {
        return "{\"id\":" + id + ",\"version\":2,\"customer\":\"" + customer + "\",\"currency\":\"EUR\",\"status\":\""
                + status + "\",\"total\":25.00,\"lines\":[{\"lineId\":1,\"sku\":\"" + sku
                + "\",\"quantity\":2,\"unitPrice\":12.50}]}";
    }

    @Test
    void answersOrdersAsTheyWereIndexed() {
        Response found = find("q", "lovelace");

        found.then().statusCode(200).body("total", equalTo(1));
        assertThat(found.asString())
                .isEqualTo("{\"total\":1,\"orders\":[" + order(1, "Ada Lovelace", "PLACED", "engine-part") + "]}");
    }

    @ParameterizedTest
    @CsvSource({
        "q, ada, 3 1",
        "q, ADA engine, 1",
        "q, moth, 3 2",
        "q, hopper moth, 2",
        "q, nobody, ''",
        "customer, Ada, 3",
        "customer, ada, ''",
        "status, PLACED, 2 1",
        "status, CANCELLED, 3",
        "q, ' ', 3 2 1",
        "size, 2, 3 2"
    })
    void finds(String parameter, String value, String ids) {
        List<Integer> found =
                find(parameter, value).then().statusCode(200).extract().path("orders.id");

        List<Integer> expected = ids.isEmpty()
                ? List.of()
                : List.of(ids.split(" ")).stream().map(Integer::valueOf).toList();
        if (parameter.equals("q") && !value.isBlank()) {
            assertThat(found).containsExactlyInAnyOrderElementsOf(expected);
        } else {
            assertThat(found).as("newest first").isEqualTo(expected);
        }
    }

    @Test
    void combinesWhatIsAskedFor() {
        RestAssured.given()
                .queryParam("q", "moth")
                .queryParam("status", "PLACED")
                .get("/orders/search")
                .then()
                .statusCode(200)
                .body("orders.id", equalTo(List.of(2)));
    }

    /** In a query language these would find everything, fail, or be expensive. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "*",
                "* OR deleted:true",
                "_exists_:customer",
                "customer:*",
                "/.*/",
                "\"}},{\"match_all\":{}}",
                "((((((",
                "moth~9 AND NOT",
                "\u0000"
            })
    void takesWordsForWordsAndNotForAQuery(String words) {
        find("q", words).then().statusCode(200).body("orders.id", equalTo(List.of()));
    }

    @ParameterizedTest
    @CsvSource({"size, 0", "size, 51", "size, -1", "size, 1000000", "size, ten", "status, placed", "status, ''"})
    void refusesWhatIsOutOfBounds(String parameter, String value) {
        find(parameter, value)
                .then()
                .statusCode(400)
                .body("error", equalTo("invalid-request"))
                .body("violations.field", hasItem(parameter));
    }

    @Test
    void boundsTheWords() {
        find("q", "a".repeat(201)).then().statusCode(400).body("violations.field", hasItem("q"));
        find("customer", "a".repeat(101)).then().statusCode(400).body("violations.field", hasItem("customer"));
        find("q", "a ".repeat(100)).then().statusCode(200);
    }

    @Test
    void saysThatTheIndexIsDownAndGoesOnWithEverythingElse() {
        search.kill();

        assertUnavailable("does not answer");
        assertThat(OrderApi.get("/orders/" + OrderApi.placeBooks()).statusCode())
                .isEqualTo(200);
        OrderApi.get("/q/health/ready").then().statusCode(200);

        search.start();
        await().atMost(PATIENCE).until(() -> find("q", "moth").statusCode() == 200);
    }

    @Test
    void answersInTimeWhileTheIndexIsFrozen() {
        search.pause();
        try {
            assertUnavailable("does not answer");
        } finally {
            search.resume();
        }
    }

    @Test
    void saysThatThereIsNoIndexYet() throws Exception {
        index.delete();

        assertUnavailable("there is no index 'orders' yet");
    }

    private static void assertUnavailable(String message) {
        Response response = find("q", "moth");
        response.then()
                .statusCode(503)
                .header("Retry-After", "2")
                .body("error", equalTo("search-unavailable"))
                .body("message", containsString(message));
        assertThat(Duration.ofMillis(response.time())).isLessThan(Duration.ofSeconds(10));
    }

    private static Response find(String parameter, String value) {
        return RestAssured.given().queryParam(parameter, value).get("/orders/search");
    }
}
