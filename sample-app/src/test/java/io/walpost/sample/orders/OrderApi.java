package io.walpost.sample.orders;

import io.restassured.RestAssured;
import io.restassured.http.ContentType;
import io.restassured.response.Response;

/** The requests that the tests have in common. */
final class OrderApi {

    static final String BOOKS = """
            {"customer":"ada","lines":[{"sku":"book","quantity":2,"unitPrice":12.50}]}""";

    private OrderApi() {}

    static Response post(String path, String body) {
        return RestAssured.given().contentType(ContentType.JSON).body(body).post(path);
    }

    static Response get(String path) {
        return RestAssured.get(path);
    }

    static long placeBooks() {
        return post("/orders", BOOKS)
                .then()
                .statusCode(201)
                .extract()
                .jsonPath()
                .getLong("id");
    }

    static Response addPen(long orderId) {
        return post("/orders/" + orderId + "/lines", "{\"sku\":\"pen\",\"quantity\":1,\"unitPrice\":1.2}");
    }

    static Response cancel(long orderId) {
        return post("/orders/" + orderId + "/cancel", "{\"reason\":\"customer asked\"}");
    }

    static Response delete(long orderId) {
        return RestAssured.delete("/orders/" + orderId);
    }
}
