package io.walpost.demo.check;

import com.fasterxml.jackson.databind.JsonNode;
import io.walpost.demo.stage.DemoException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.HashMap;
import java.util.Map;

/** Reads all documents of the search index, past the order service. */
final class IndexDocuments implements AutoCloseable {

    private static final String INDEX = "/orders";
    private static final String FIRST_PAGE = "/_search?scroll=1m";
    private static final String ALL = "{\"size\":5000,\"query\":{\"match_all\":{}}}";
    private static final int OK = 200;

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final String server;

    IndexDocuments(String server) {
        this.server = server;
    }

    /** By order id, without those that only say that the order was deleted. */
    Map<Long, Account> read() throws InterruptedException {
        post(INDEX + "/_refresh", "");
        Map<Long, Account> documents = new HashMap<>();
        JsonNode page = post(INDEX + FIRST_PAGE, ALL);
        while (!page.required("hits").required("hits").isEmpty()) {
            page.required("hits").required("hits").forEach(hit -> enter(hit, documents));
            page = post(
                    "/_search/scroll",
                    Json.MAPPER
                            .createObjectNode()
                            .put("scroll", "1m")
                            .put("scroll_id", page.required("_scroll_id").textValue())
                            .toString());
        }
        return documents;
    }

    private static void enter(JsonNode hit, Map<Long, Account> documents) {
        JsonNode source = hit.required("_source");
        if (!source.path("deleted").asBoolean()) {
            documents.put(hit.required("_id").asLong(), Account.of(source));
        }
    }

    private JsonNode post(String path, String body) throws InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(server + path))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body))
                .build();
        try {
            HttpResponse<String> response = http.send(request, BodyHandlers.ofString());
            if (response.statusCode() != OK) {
                throw new DemoException("OpenSearch answers " + path + " with status " + response.statusCode());
            }
            return Json.MAPPER.readTree(response.body());
        } catch (IOException e) {
            throw new DemoException("OpenSearch does not answer the demo: " + e, e);
        }
    }

    @Override
    public void close() {
        http.close();
    }
}
