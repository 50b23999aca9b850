package io.walpost.sample.orders;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.RestAssured;
import io.restassured.http.ContentType;
import java.util.Collections;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@TestProfile(KeptRowsProfile.class)
class OrderErrorsTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "{\"lines\":[{\"sku\":\"b\",\"quantity\":1,\"unitPrice\":1}]} | customer",
                "{\"customer\":\" \",\"lines\":[{\"sku\":\"b\",\"quantity\":1,\"unitPrice\":1}]} | customer",
                "{\"customer\":\"a\\u0000\",\"lines\":[{\"sku\":\"b\",\"quantity\":1,\"unitPrice\":1}]} | customer",
                "{\"customer\":\"a\\ud83d\",\"lines\":[{\"sku\":\"b\",\"quantity\":1,\"unitPrice\":1}]} | customer",
                "{\"customer\":\"ada\"} | lines",
                "{\"customer\":\"ada\",\"lines\":[]} | lines",
                "{\"customer\":\"ada\",\"lines\":[{\"quantity\":1,\"unitPrice\":1}]} | lines[0].sku",
                "{\"customer\":\"ada\",\"lines\":[{\"sku\":\"b\",\"unitPrice\":1}]} | lines[0].quantity",
                "{\"customer\":\"ada\",\"lines\":[{\"sku\":\"b\",\"quantity\":0,\"unitPrice\":1}]} | lines[0].quantity",
                "{\"customer\":\"ada\",\"lines\":[{\"sku\":\"b\",\"quantity\":1001,\"unitPrice\":1}]} | lines[0].quantity",
                "{\"customer\":\"ada\",\"lines\":[{\"sku\":\"b\",\"quantity\":1}]} | lines[0].unitPrice",
                "{\"customer\":\"ada\",\"lines\":[{\"sku\":\"b\",\"quantity\":1,\"unitPrice\":0}]} | lines[0].unitPrice",
                "{\"customer\":\"ada\",\"lines\":[{\"sku\":\"b\",\"quantity\":1,\"unitPrice\":-1}]} | lines[0].unitPrice",
                "{\"customer\":\"ada\",\"lines\":[{\"sku\":\"b\",\"quantity\":1,\"unitPrice\":1.005}]} | lines[0].unitPrice",
                "{\"customer\":\"ada\",\"lines\":[{\"sku\":\"b\",\"quantity\":1,\"unitPrice\":1e999999999}]} | lines[0].unitPrice",
                "{\"customer\":\"ada\",\"lines\":[{\"sku\":\"b\",\"quantity\":1,\"unitPrice\":99999.995}]} | lines[0].unitPrice",
                "{\"customer\":\"ada\",\"lines\":[{\"sku\":\"b\",\"quantity\":1,\"unitPrice\":100000}]} | lines[0].unitPrice",
                "{\"customer\":\"ada\",\"lines\":[{\"sku\":\"b\",\"quantity\":1,\"unitPrice\":1E2147483647}]} | lines[0].unitPrice",
                "{\"customer\":\"ada\",\"lines\":[{\"sku\":\"b\",\"quantity\":1,\"unitPrice\":1E2147483648}]} | lines[0].unitPrice",
                "{\"customer\":\"ada\",\"lines\":[{\"sku\":\"b\",\"quantity\":1,\"unitPrice\":1E-2147483647}]} | lines[0].unitPrice",
                "null | body",
            })
    void saysWhichFieldIsWrongAndWhy(String body, String field) {
        OrderApi.post("/orders", body)
                .then()
                .statusCode(400)
                .body("error", equalTo("invalid-request"))
                .body("message", containsString(field))
                .body("violations.field", hasItem(field));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "{\"customer\":\"ada\",\"lines\":[{\"sku\":\"b\",\"quantity\":2.5,\"unitPrice\":1}]} | lines[0].quantity",
                "{\"customer\":\"ada\",\"lines\":[{\"sku\":\"b\",\"quantity\":\"2\",\"unitPrice\":1}]} | lines[0].quantity",
                "{\"customer\":\"ada\",\"lines\":[{\"sku\":\"b\",\"quantity\":9999999999,\"unitPrice\":1}]} | lines[0].quantity",
                "{\"customer\":\"ada\",\"lines\":[{\"sku\":\"b\",\"quantity\":1,\"unit_price\":1}]} | lines[0].unit_price",
                "{\"customer\":\"ada\",\"lines\":{}} | lines",
            })
    void saysWhichFieldHasTheWrongType(String body, String field) {
        OrderApi.post("/orders", body)
                .then()
                .statusCode(400)
                .body("error", equalTo("invalid-request"))
                .body("message", containsString(field));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"{", "{\"customer\":\"ada\"", "[]", "hello", "{} {}", "{\"customer\":\"a\",\"customer\":\"b\"}"})
    void saysWhereTheJsonIsMalformed(String body) {
        OrderApi.post("/orders", body)
                .then()
                .statusCode(400)
                .body("error", equalTo("malformed-json"))
                .body("message", containsString("line 1, column"));
    }

    @Test
    void refusesAnEmptyBody() {
        OrderApi.post("/orders", "").then().statusCode(400).body("violations.field", hasItem("body"));
        OrderApi.post("/orders/1/cancel", "").then().statusCode(400).body("violations.field", hasItem("body"));
    }

    @Test
    void doesNotRepeatWhatWasSent() {
        assertThat(OrderApi.post("/orders", "{\"customer\":4711secret}").asString())
                .doesNotContain("secret");
    }

    @Test
    void boundsTheNumberOfLines() {
        String line = "{\"sku\":\"pen\",\"quantity\":1,\"unitPrice\":1.2}";
        String full = String.join(",", Collections.nCopies(Order.MAX_LINES, line));

        OrderApi.post("/orders", "{\"customer\":\"ada\",\"lines\":[" + full + "," + line + "]}")
                .then()
                .statusCode(400)
                .body("violations.field", hasItem("lines"));

        long id = OrderApi.post("/orders", "{\"customer\":\"ada\",\"lines\":[" + full + "]}")
                .then()
                .statusCode(201)
                .extract()
                .jsonPath()
                .getLong("id");
        OrderApi.addPen(id).then().statusCode(409).body("error", equalTo("order-full"));
    }

    @Test
    void refusesToChangeACancelledOrder() {
        long id = OrderApi.placeBooks();
        OrderApi.cancel(id).then().statusCode(200);

        OrderApi.addPen(id).then().statusCode(409).body("error", equalTo("order-cancelled"));
        OrderApi.cancel(id).then().statusCode(409).body("error", equalTo("order-cancelled"));
    }

    @Test
    void answersThatThereIsNoSuchOrder() {
        long none = Long.MAX_VALUE;
        String message = "there is no order " + none;

        OrderApi.get("/orders/" + none).then().statusCode(404).body("message", equalTo(message));
        OrderApi.addPen(none).then().statusCode(404).body("message", equalTo(message));
        OrderApi.cancel(none).then().statusCode(404).body("message", equalTo(message));
        OrderApi.delete(none).then().statusCode(404).body("message", equalTo(message));
    }

    @Test
    void answersHttpErrorsAsJson() {
        OrderApi.get("/orders/abc").then().statusCode(404).body("error", equalTo("not-found"));
        RestAssured.put("/orders/1").then().statusCode(405).body("error", equalTo("method-not-allowed"));
        RestAssured.given()
                .contentType(ContentType.TEXT)
                .body("x")
                .post("/orders")
                .then()
                .statusCode(415)
                .body("error", equalTo("unsupported-media-type"));
    }
}
