package io.walpost.bench.sink;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.walpost.bench.site.BenchException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Stands before OpenSearch, passes on whatever it is asked, and notes of each document when the request that wrote it was
 * answered: OpenSearch itself keeps no such time, and to look for documents again and again would make it slower.
 */
final class BulkProxy implements AutoCloseable {

    private static final JsonMapper JSON = new JsonMapper();
    private static final String JSON_LINES = "application/x-ndjson";
    private static final int SMALLEST_ERROR = 300;

    private final URI target;
    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final Queue<Bulk> bulks = new ConcurrentLinkedQueue<>();

    /** One version of a document. */
    record Document(long id, long version) {}

    /** A bulk request and its answer, which are not read before somebody asks: that would take time from those measured. */
    private record Bulk(long micros, byte[] request, byte[] answer) {}

    private BulkProxy(URI target, HttpServer server) {
        this.target = target;
        this.server = server;
    }

    static BulkProxy before(String url) {
        // Otherwise an answer's body waits until its head is acknowledged, which takes 40 ms.
        System.setProperty("sun.net.httpserver.nodelay", "true");
        try {
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            BulkProxy proxy = new BulkProxy(URI.create(url), server);
            server.createContext("/", proxy::passOn);
            server.setExecutor(proxy.threads);
            server.start();
            return proxy;
        } catch (IOException e) {
            throw new BenchException("Cannot listen on loopback: " + e.getMessage(), e);
        }
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** When documents were written, in microseconds since the epoch. */
    Map<Document, Long> written() {
        Map<Document, Long> written = new HashMap<>();
        try {
            for (Bulk bulk : bulks) {
                read(bulk, written);
            }
        } catch (IOException e) {
            throw new BenchException("A bulk request or its answer cannot be read: " + e, e);
        }
        return written;
    }

    /** A line that says which document follows, and the document, in turn; of each a result, in the same order. */
    private static void read(Bulk bulk, Map<Document, Long> written) throws IOException {
        String[] lines = new String(bulk.request(), StandardCharsets.UTF_8).split("\n");
        int line = 0;
        for (JsonNode item : JSON.readTree(bulk.answer()).path("items")) {
            if (item.path("index").path("status").asInt() < SMALLEST_ERROR) {
                JsonNode action = JSON.readTree(lines[line]).path("index");
                written.putIfAbsent(
                        new Document(
                                action.path("_id").asLong(),
                                action.path("version").asLong()),
                        bulk.micros());
            }
            line += 2;
        }
    }

    /** Asks OpenSearch itself. */
    byte[] ask(String method, String path, String body) throws IOException {
        return send(method, path, "application/json", body.getBytes(StandardCharsets.UTF_8))
                .body();
    }

    private void passOn(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] request = exchange.getRequestBody().readAllBytes();
            String type = exchange.getRequestHeaders().getFirst("Content-Type");
            HttpResponse<byte[]> answer =
                    send(exchange.getRequestMethod(), exchange.getRequestURI().toString(), type, request);
            if (JSON_LINES.equals(type)) {
                long now = ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now());
                bulks.add(new Bulk(now, request, answer.body()));
            }
            answer.headers().firstValue("Content-Type").ifPresent(value -> exchange.getResponseHeaders()
                    .set("Content-Type", value));
            int length = answer.body().length;
            exchange.sendResponseHeaders(answer.statusCode(), length == 0 ? -1 : length);
            exchange.getResponseBody().write(answer.body());
        }
    }

    private HttpResponse<byte[]> send(String method, String path, String type, byte[] body) throws IOException {
        HttpRequest.Builder request = HttpRequest.newBuilder(target.resolve(path))
                .method(method, body.length == 0 ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(body));
        if (type != null) {
            request.header("Content-Type", type);
        }
        try {
            return client.send(request.build(), BodyHandlers.ofByteArray());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
        client.close();
    }
}
