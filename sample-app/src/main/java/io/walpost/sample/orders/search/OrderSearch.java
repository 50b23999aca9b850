package io.walpost.sample.orders.search;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Searches orders in OpenSearch. One kind of request is all that is asked of it, which needs no client library. */
@Singleton
public class OrderSearch {

    private static final Duration CONNECT_LIMIT = Duration.ofSeconds(1);
    private static final int OK = 200;
    private static final int NOT_FOUND = 404;

    private final SearchConfig config;
    private final ObjectMapper json;
    private final ObjectReader answers;
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT_LIMIT)
            .build();

    OrderSearch(SearchConfig config, ObjectMapper json) {
        this.config = config;
        this.json = json;
        this.answers = json.readerFor(SearchAnswer.class).without(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);
    }

    /** @throws SearchUnavailableException if no index answers */
    public FoundOrders find(SearchQuery query) {
        URI url = config.url()
                .orElseThrow(() -> new SearchUnavailableException(
                        "there is no index to search: orders.search.url does not name one"));
        HttpResponse<byte[]> response = send(request(url, query));
        return switch (response.statusCode()) {
            case OK -> read(response.body());
            case NOT_FOUND ->
                throw new SearchUnavailableException("there is no index '" + config.index()
                        + "' yet; the search consumer makes it, and fills it from the events");
            default ->
                throw new SearchUnavailableException(
                        "the index cannot be searched now: it answered with status " + response.statusCode());
        };
    }

    private HttpRequest request(URI url, SearchQuery query) {
        try {
            HttpRequest.Builder request = HttpRequest.newBuilder(
                            URI.create(withoutSlash(url) + "/" + encoded(config.index()) + "/_search"))
                    .header("Content-Type", "application/json")
                    .POST(BodyPublishers.ofByteArray(json.writeValueAsBytes(SearchRequest.of(query, json))));
            authorization().ifPresent(value -> request.header("Authorization", value));
            return request.build();
        } catch (IOException e) {
            throw new IllegalStateException("A query cannot be written as JSON", e);
        }
    }

    /**
     * Waits for the whole answer, and no longer than is set: the limit that a request has in the JDK's client ends when the
     * head of the answer is there, and is none for its body (JDK-8208693, mended in JDK 26).
     */
    private HttpResponse<byte[]> send(HttpRequest request) {
        CompletableFuture<HttpResponse<byte[]>> answer = http.sendAsync(request, BodyHandlers.ofByteArray());
        try {
            return answer.get(config.timeout().toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            // Which closes its connection.
            answer.cancel(true);
            throw doesNotAnswer(new HttpTimeoutException(
                    "no answer, or a part of one, within " + config.timeout().toMillis() + " ms"));
        } catch (InterruptedException e) {
            answer.cancel(true);
            Thread.currentThread().interrupt();
            throw new SearchUnavailableException("the service is stopping", e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException cause) {
                throw doesNotAnswer(cause);
            }
            throw new IllegalStateException(e.getCause());
        }
    }

    private static SearchUnavailableException doesNotAnswer(IOException cause) {
        return new SearchUnavailableException("the index does not answer; try again", cause);
    }

    private FoundOrders read(byte[] body) {
        try {
            SearchAnswer answer = answers.readValue(body);
            return answer.toFoundOrders();
        } catch (IOException e) {
            throw new SearchUnavailableException("the index does not hold orders in the form that is expected", e);
        }
    }

    private Optional<String> authorization() {
        return config.username()
                .map(user -> "Basic "
                        + Base64.getEncoder()
                                .encodeToString(
                                        (user + ":" + config.password().orElse("")).getBytes(StandardCharsets.UTF_8)));
    }

    private static String withoutSlash(URI url) {
        String text = url.toString();
        return text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
    }

    private static String encoded(String name) {
        return URLEncoder.encode(name, StandardCharsets.UTF_8);
    }
}
