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

/**
 * Requests to OpenSearch. A handful of them are all that is needed, which the JDK's client does without a dependency that
 * a function would have to load. Safe for use by several threads.
 */
public final class OpenSearch implements AutoCloseable {

    private static final Duration CONNECT_LIMIT = Duration.ofSeconds(5);
    private static final JsonMapper JSON = new JsonMapper();

    private final SearchServer server;
    // Of HTTP/2 there would be an upgrade to negotiate with every connection, and nothing to gain.
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT_LIMIT)
            .build();

    OpenSearch(SearchServer server) {
        this.server = server;
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

    Answer sendLines(String path, byte[] lines) throws SinkException, InterruptedException {
        return send("POST", path, "application/x-ndjson", BodyPublishers.ofByteArray(lines));
    }

    private Answer send(String method, String path, String contentType, BodyPublisher body)
            throws SinkException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(server.resolve(path))
                .timeout(server.timeout())
                .header("Content-Type", contentType)
                .method(method, body);
        server.authorization().ifPresent(value -> request.header("Authorization", value));
        try {
            HttpResponse<byte[]> response = http.send(request.build(), BodyHandlers.ofByteArray());
            return new Answer(response.statusCode(), read(response.body()));
        } catch (IOException e) {
            throw new SinkException(
                    Failure.SINK_UNREACHABLE,
                    "OpenSearch at " + server.place() + " does not answer ("
                            + e.getClass().getSimpleName() + ")",
                    e);
        }
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
