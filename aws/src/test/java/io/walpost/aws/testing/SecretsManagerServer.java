package io.walpost.aws.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * The part of Secrets Manager's HTTP interface that reads secrets, as the AWS Secrets Manager API Reference describes it.
 * The SDK reaches it by its own settings, and has to sign what it asks.
 */
public final class SecretsManagerServer implements AutoCloseable {

    public static final String REGION = "eu-central-1";
    public static final String ACCESS_KEY = "AKIDWALPOSTTEST";
    public static final String SECRET_KEY = "the/secret/key/of/a/test/with/40/letters";

    private static final String TARGET = "secretsmanager.GetSecretValue";
    private static final String CURRENT = "AWSCURRENT";
    private static final String PENDING = "AWSPENDING";

    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Map<String, String> current = new ConcurrentHashMap<>();
    private final Map<String, String> pending = new ConcurrentHashMap<>();
    private final List<Request> requests = new CopyOnWriteArrayList<>();
    private volatile Refusal refusal;

    /**
     * What was asked for.
     *
     * @param region for which the request was signed
     */
    public record Request(String secret, String stage, String region) {}

    private record Refusal(int status, String type) {}

    public SecretsManagerServer() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new IllegalStateException("No server could be started", e);
        }
        server.setExecutor(threads);
        server.createContext("/", this::answer);
        server.start();
    }

    /** What a secret holds from now on. */
    public void put(String secret, String value) {
        current.put(secret, value);
    }

    /** As the first step of a rotation does; {@link #finish} is the last one. */
    public void stage(String secret, String value) {
        pending.put(secret, value);
    }

    /** The pending value becomes the current one. */
    public void finish(String secret) {
        current.put(secret, pending.remove(secret));
    }

    /** Refuses everything from now on with an error of this type, as in {@code AccessDeniedException}. */
    public void refuse(int status, String type) {
        refusal = new Refusal(status, type);
    }

    /** All so far, refused ones among them. */
    public List<Request> requests() {
        return List.copyOf(requests);
    }

    /** What makes the SDK of another process ask here. */
    public Map<String, String> environment() {
        return Map.of(
                "AWS_ENDPOINT_URL_SECRETS_MANAGER", address(),
                "AWS_REGION", REGION,
                "AWS_ACCESS_KEY_ID", ACCESS_KEY,
                "AWS_SECRET_ACCESS_KEY", SECRET_KEY);
    }

    /** What makes the SDK of this process ask here, as system properties. */
    public Map<String, String> properties() {
        return Map.of(
                "aws.endpointUrlSecretsManager", address(),
                "aws.region", REGION,
                "aws.accessKeyId", ACCESS_KEY,
                "aws.secretAccessKey", SECRET_KEY);
    }

    private String address() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    private void answer(HttpExchange exchange) throws IOException {
        JsonNode asked = JSON.readTree(exchange.getRequestBody());
        String secret = asked.path("SecretId").asText();
        String stage = asked.path("VersionStage").asText(CURRENT);
        String[] scope = scope(exchange);
        requests.add(new Request(secret, stage, scope.length > 2 ? scope[2] : "not signed"));
        Refusal refused = refusal;
        String value = (stage.equals(PENDING) ? pending : current).get(secret);
        if (!TARGET.equals(exchange.getRequestHeaders().getFirst("X-Amz-Target"))) {
            fail(exchange, 400, "UnknownOperationException");
        } else if (!isOfTheTest(scope)) {
            fail(exchange, 403, "UnrecognizedClientException");
        } else if (refused != null) {
            fail(exchange, refused.status, refused.type);
        } else if (value == null) {
            fail(exchange, 400, "ResourceNotFoundException");
        } else {
            respond(exchange, 200, Map.of("Name", secret, "SecretString", value, "VersionStages", List.of(stage)));
        }
    }

    /** Key, date, region, service and a fixed word, from the header {@code Authorization} of Signature Version 4. */
    private static String[] scope(HttpExchange exchange) {
        String header = String.valueOf(exchange.getRequestHeaders().getFirst("Authorization"));
        String begin = "AWS4-HMAC-SHA256 Credential=";
        return header.startsWith(begin)
                ? header.substring(begin.length()).split(", ")[0].split("/")
                : new String[0];
    }

    private static boolean isOfTheTest(String[] scope) {
        return scope.length == 5 && scope[0].equals(ACCESS_KEY) && scope[3].equals("secretsmanager");
    }

    private static void fail(HttpExchange exchange, int status, String type) throws IOException {
        respond(exchange, status, Map.of("__type", type, "Message", "refused by the test"));
    }

    private static void respond(HttpExchange exchange, int status, Map<String, ?> body) throws IOException {
        byte[] json = JSON.writeValueAsString(body).getBytes(UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/x-amz-json-1.1");
        exchange.sendResponseHeaders(status, json.length);
        exchange.getResponseBody().write(json);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
