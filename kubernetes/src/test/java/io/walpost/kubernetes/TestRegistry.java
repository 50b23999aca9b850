package io.walpost.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A registry in memory, as far as pulling and pushing of images needs one. */
final class TestRegistry implements AutoCloseable {

    private record Content(String type, byte[] bytes) {}

    private static final Pattern PATH = Pattern.compile("/v2/(.+)/(manifests|blobs|blobs/uploads)/([^/]*)");
    private static final String BYTES = "application/octet-stream";

    private final Map<String, Content> contents = new ConcurrentHashMap<>();
    private final Map<String, ByteArrayOutputStream> uploads = new ConcurrentHashMap<>();
    private final AtomicLong counter = new AtomicLong();
    private final HttpsServer server;

    TestRegistry(ServerCertificate certificate) throws IOException {
        server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(certificate.context()));
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::answer);
        server.start();
    }

    /** The name of an image here. */
    String image(String name) {
        return "localhost:" + server.getAddress().getPort() + "/" + name;
    }

    /** A manifest by its tag or digest, or a configuration by its digest. */
    JsonNode json(String repository, String kind, String reference) throws IOException {
        Content content = contents.get(key(repository, kind, reference));
        if (content == null) {
            throw new AssertionError("Nobody pushed " + reference + " of " + repository);
        }
        return new ObjectMapper().readTree(content.bytes());
    }

    private static String key(String repository, String kind, String reference) {
        // What is named by its content is the same everywhere.
        return reference.startsWith("sha256:") ? kind + " " + reference : repository + " " + kind + " " + reference;
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] body = exchange.getRequestBody().readAllBytes();
            Matcher path = PATH.matcher(exchange.getRequestURI().getPath());
            if (!path.matches()) {
                exchange.sendResponseHeaders(200, -1);
            } else if (path.group(2).equals("blobs/uploads")) {
                upload(exchange, path.group(1), path.group(3), body);
            } else if (exchange.getRequestMethod().equals("PUT")) {
                String type = exchange.getRequestHeaders().getFirst("Content-Type");
                String digest = digest(body);
                contents.put(key(path.group(1), path.group(2), path.group(3)), new Content(type, body));
                contents.put(key(path.group(1), path.group(2), digest), new Content(type, body));
                exchange.getResponseHeaders().set("Docker-Content-Digest", digest);
                exchange.sendResponseHeaders(201, -1);
            } else {
                send(exchange, contents.get(key(path.group(1), path.group(2), path.group(3))));
            }
        }
    }

    private static void send(HttpExchange exchange, Content content) throws IOException {
        if (content == null) {
            exchange.sendResponseHeaders(404, -1);
            return;
        }
        exchange.getResponseHeaders().set("Content-Type", content.type());
        exchange.getResponseHeaders().set("Docker-Content-Digest", digest(content.bytes()));
        if (exchange.getRequestMethod().equals("HEAD")) {
            exchange.getResponseHeaders().set("Content-Length", Integer.toString(content.bytes().length));
            exchange.sendResponseHeaders(200, -1);
        } else {
            exchange.sendResponseHeaders(200, content.bytes().length);
            exchange.getResponseBody().write(content.bytes());
        }
    }

    /** POST begins an upload, PATCH adds to it, and PUT ends it. */
    private void upload(HttpExchange exchange, String repository, String id, byte[] body) throws IOException {
        String upload = id.isEmpty() ? Long.toString(counter.incrementAndGet()) : id;
        ByteArrayOutputStream bytes = uploads.computeIfAbsent(upload, name -> new ByteArrayOutputStream());
        bytes.write(body);
        exchange.getResponseHeaders().set("Location", "/v2/" + repository + "/blobs/uploads/" + upload);
        if (exchange.getRequestMethod().equals("PUT")) {
            byte[] blob = uploads.remove(upload).toByteArray();
            contents.put(key(repository, "blobs", digest(blob)), new Content(BYTES, blob));
            exchange.sendResponseHeaders(201, -1);
        } else {
            exchange.sendResponseHeaders(202, -1);
        }
    }

    private static String digest(byte[] bytes) {
        try {
            return "sha256:"
                    + HexFormat.of()
                            .formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
