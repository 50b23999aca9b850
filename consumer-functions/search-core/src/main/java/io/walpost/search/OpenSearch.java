package io.walpost.search;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.walpost.consumer.Failure;
import io.walpost.consumer.SinkException;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/**
 * Requests to OpenSearch. A handful of them are all that is needed, which the JDK's client does without a dependency that
 * a function would have to load. Safe for use by several threads.
 */
public final class OpenSearch implements AutoCloseable {

    private static final Duration CONNECT_LIMIT = Duration.ofSeconds(5);
    private static final int UNAUTHORIZED = 401;
    private static final JsonMapper JSON = new JsonMapper();

    private final SearchServer server;
    private final Authorization authorization;
    // Of HTTP/2 there would be an upgrade to negotiate with every connection, and nothing to gain.
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT_LIMIT)
            .build();

    /** @param authorization is told when OpenSearch does not take it */
    OpenSearch(SearchServer server, Authorization authorization) {
        this.server = server;
        this.authorization = authorization;
    }

    /**
     * @param path begins with a slash
     * @param body JSON, or for a bulk request one JSON in each line
     * @return the answer, whatever its status
     * @throws SinkException if there was none
     */
    public Answer send(String method, String path, byte[] body) throws SinkException, InterruptedException {
        return send(method, path, "application/json", BodyPublishers.ofByteArray(body));
    }

    public Answer send(String method, String path) throws SinkException, InterruptedException {
        return send(method, path, "application/json", BodyPublishers.noBody());
    }

    /** Begins a request whose body has a JSON in each line. Its answer fails as {@link #answerTo} says. */
    CompletableFuture<Answer> sendLines(String path, byte[] lines) throws SinkException {
        return http.sendAsync(
                        request("POST", path, "application/x-ndjson", BodyPublishers.ofByteArray(lines)),
                        BodyHandlers.ofByteArray())
                .thenApply(this::answer);
    }

    /** Waits for the end of a request that was begun. */
    Answer answerTo(CompletableFuture<Answer> request) throws SinkException, InterruptedException {
        try {
            return request.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException cause) {
                throw noAnswer(cause);
            }
            throw new IllegalStateException(e.getCause());
        }
    }

    private Answer send(String method, String path, String contentType, BodyPublisher body)
            throws SinkException, InterruptedException {
        try {
            return answer(http.send(request(method, path, contentType, body), BodyHandlers.ofByteArray()));
        } catch (IOException e) {
            throw noAnswer(e);
        }
    }

    private HttpRequest request(String method, String path, String contentType, BodyPublisher body)
            throws SinkException {
        HttpRequest.Builder request = HttpRequest.newBuilder(server.resolve(path))
                .timeout(server.timeout())
                .header("Content-Type", contentType)
                .method(method, body);
        authorization.header().ifPresent(value -> request.header("Authorization", value));
        return request.build();
    }

    private Answer answer(HttpResponse<byte[]> response) {
        if (response.statusCode() == UNAUTHORIZED) {
            authorization.refused();
        }
        return new Answer(response.statusCode(), read(response.body()));
    }

    private SinkException noAnswer(IOException cause) {
        return new SinkException(
                Failure.SINK_UNREACHABLE,
                "OpenSearch at " + server.place() + " does not answer ("
                        + cause.getClass().getSimpleName() + ")",
                cause);
    }

    /** Whatever stands between may answer with something else than JSON; its status tells enough. */
    private static JsonNode read(byte[] body) {
        try {
            JsonNode json = JSON.readTree(body);
            return json == null ? JSON.missingNode() : json;
        } catch (IOException e) {
            return JSON.missingNode();
        }
    }

    @Override
    public void close() {
        http.close();
    }
}
