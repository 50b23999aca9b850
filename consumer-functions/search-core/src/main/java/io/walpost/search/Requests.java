package io.walpost.search;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.walpost.consumer.Failure;
import io.walpost.consumer.KeptLogin;
import io.walpost.consumer.SinkException;
import io.walpost.consumer.SinkLogin;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
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

/**
 * Requests that belong together: they have one login, and all of them together have the time that is set. Its end does not
 * depend on OpenSearch, nor on what stands before it. For one thread.
 */
final class Requests {

    /** So much later than the client, which says more exactly what it has waited for. */
    private static final Duration GRACE = Duration.ofMillis(200);

    private static final int UNAUTHORIZED = 401;
    private static final JsonMapper JSON = new JsonMapper();

    private final HttpClient http;
    private final SearchServer server;
    private final KeptLogin login;
    private final Optional<SinkLogin.Credentials> credentials;
    private final long began = System.nanoTime();

    /**
     * @param login is told when OpenSearch does not take its credentials
     * @param credentials of all of them; empty if nobody logs in
     */
    Requests(HttpClient http, SearchServer server, KeptLogin login, Optional<SinkLogin.Credentials> credentials) {
        this.http = http;
        this.server = server;
        this.login = login;
        this.credentials = credentials;
    }

    /**
     * @param path begins with a slash
     * @param body JSON
     * @return the answer, whatever its status
     * @throws SinkException if there was none
     */
    Answer send(String method, String path, byte[] body) throws SinkException, InterruptedException {
        return answerTo(begin(method, path, "application/json", BodyPublishers.ofByteArray(body)));
    }

    Answer send(String method, String path) throws SinkException, InterruptedException {
        return answerTo(begin(method, path, "application/json", BodyPublishers.noBody()));
    }

    /**
     * Begins a request whose body has a JSON in each line; {@link #answerTo} has its answer.
     *
     * @throws SinkException if there is no time left for it
     */
    CompletableFuture<Answer> beginLines(String path, byte[] lines) throws SinkException {
        return begin("POST", path, "application/x-ndjson", BodyPublishers.ofByteArray(lines));
    }

    /**
     * Waits for the end of a request that was begun, and not longer than there is time: the limit that a request has in the
     * JDK's client ends when the head of the answer is there, and is none for its body (JDK-8208693, mended in JDK 26).
     */
    Answer answerTo(CompletableFuture<Answer> request) throws SinkException, InterruptedException {
        try {
            return request.get(left().plus(GRACE).toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            // Which closes its connection.
            request.cancel(true);
            throw noAnswer(new HttpTimeoutException("no answer, or a part of one"));
        } catch (InterruptedException e) {
            request.cancel(true);
            throw e;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException cause) {
                throw noAnswer(cause);
            }
            throw new IllegalStateException(e.getCause());
        }
    }

    private CompletableFuture<Answer> begin(String method, String path, String contentType, BodyPublisher body)
            throws SinkException {
        Duration left = left();
        if (!left.isPositive()) {
            throw noAnswer(new HttpTimeoutException("no time left"));
        }
        HttpRequest.Builder request = HttpRequest.newBuilder(server.resolve(path))
                .timeout(left)
                .header("Content-Type", contentType)
                .method(method, body);
        credentials.ifPresent(known -> request.header("Authorization", basic(known)));
        return http.sendAsync(request.build(), BodyHandlers.ofByteArray()).thenApply(this::answer);
    }

    private Duration left() {
        return server.timeout().minusNanos(System.nanoTime() - began);
    }

    private Answer answer(HttpResponse<byte[]> response) {
        if (response.statusCode() == UNAUTHORIZED) {
            credentials.ifPresent(login::refused);
        }
        return new Answer(response.statusCode(), read(response.body()));
    }

    /** RFC 7617. */
    private static String basic(SinkLogin.Credentials credentials) {
        byte[] both = (credentials.user().orElse("") + ":" + credentials.password()).getBytes(StandardCharsets.UTF_8);
        return "Basic " + Base64.getEncoder().encodeToString(both);
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
}
