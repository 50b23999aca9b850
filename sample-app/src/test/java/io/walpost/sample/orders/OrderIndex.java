package io.walpost.sample.orders;

import static org.assertj.core.api.Assertions.assertThat;

import io.walpost.localstack.LocalOpenSearch;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;

/** The index as the search consumer makes it, written to past that consumer. */
final class OrderIndex {

    /** The two are separate programs; this is what they agree on. */
    private static final Path DEFINITION =
            Path.of("..", "consumer-functions", "search-core", "src", "main", "resources", "orders-index.json");

    private final HttpClient http = HttpClient.newHttpClient();
    private final LocalOpenSearch search;

    OrderIndex(LocalOpenSearch search) {
        this.search = search;
    }

    void create() throws IOException, InterruptedException {
        assertThat(send("PUT", "/orders", BodyPublishers.ofFile(DEFINITION))).isEqualTo(200);
    }

    void delete() throws IOException, InterruptedException {
        send("DELETE", "/orders?ignore_unavailable=true", BodyPublishers.noBody());
    }

    /** It can be found when the call returns. */
    void put(long id, String json) throws IOException, InterruptedException {
        assertThat(send("PUT", "/orders/_doc/" + id + "?refresh=true", BodyPublishers.ofString(json)))
                .isEqualTo(201);
    }

    private int send(String method, String path, BodyPublisher body) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(search.url() + path))
                .header("Content-Type", "application/json")
                .method(method, body)
                .build();
        HttpResponse<Void> response = http.send(request, BodyHandlers.discarding());
        return response.statusCode();
    }
}
