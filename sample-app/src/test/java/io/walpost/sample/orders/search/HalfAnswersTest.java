package io.walpost.sample.orders.search;

import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.RestAssured;
import io.restassured.config.HttpClientConfig;
import io.restassured.response.Response;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** An index, or what stands before it, that begins an answer and does not end it. */
@QuarkusTest
@TestProfile(HalfAnswersProfile.class)
@Timeout(60)
class HalfAnswersTest {

    @Test
    void answersInTimeThatTheIndexDoesNot() {
        Response response = RestAssured.given()
                .config(RestAssured.config()
                        .httpClient(HttpClientConfig.httpClientConfig().setParam("http.socket.timeout", 30_000)))
                .queryParam("q", "moth")
                .get("/orders/search");

        response.then()
                .statusCode(503)
                .header("Retry-After", "2")
                .body("error", equalTo("search-unavailable"))
                .body("message", containsString("does not answer"));
    }

    @Test
    void closesTheConnection() throws Exception {
        try (HalfAnswers index = new HalfAnswers()) {
            OrderSearch search =
                    new OrderSearch(new SearchAt(Optional.of(URI.create(index.url()))), new ObjectMapper());

            assertThatThrownBy(() ->
                            search.find(new SearchQuery(Optional.of("moth"), Optional.empty(), Optional.empty(), 20)))
                    .isInstanceOf(SearchUnavailableException.class)
                    .hasRootCauseMessage("no answer, or a part of one, within 2000 ms");

            await().atMost(Duration.ofSeconds(30)).until(() -> index.closed() == 1);
        }
    }
}
