package io.walpost.localstack.lambda;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * The HTTP interface through which Lambda talks to the runtime of one function's process, as "Using the Lambda runtime API
 * for custom runtimes" in the AWS Lambda Developer Guide describes it.
 */
final class RuntimeApi implements AutoCloseable {

    private static final String ROOT = "/2018-06-01/runtime";
    private static final int OK = 200;
    private static final int ACCEPTED = 202;

    private final HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final BlockingQueue<Invocation> next = new LinkedBlockingQueue<>();
    private final Map<String, Invocation> invocations = new ConcurrentHashMap<>();

    /** Done when the function has initialized, and waits to be restored from its snapshot. */
    final CompletableFuture<Void> initialized = new CompletableFuture<>();

    /** To be completed by the test; until then a function that waits for it goes on waiting. */
    final CompletableFuture<Void> restored = new CompletableFuture<>();

    /** @param deadline done when the function has begun with it */
    record Invocation(
            String id,
            byte[] event,
            Duration timeout,
            CompletableFuture<Instant> deadline,
            CompletableFuture<Answer> answer) {}

    RuntimeApi() throws IOException {
        server.setExecutor(threads);
        server.createContext(ROOT + "/invocation/", this::invocation);
        server.createContext(ROOT + "/init/error", exchange -> {
            initialized.completeExceptionally(new IllegalStateException(body(exchange)));
            respond(exchange, ACCEPTED);
        });
        server.createContext(ROOT + "/restore/next", exchange -> {
            initialized.complete(null);
            restored.join();
            respond(exchange, OK);
        });
        server.start();
    }

    String address() {
        return "127.0.0.1:" + server.getAddress().getPort();
    }

    Invocation invoke(String event, Duration timeout) {
        Invocation invocation = new Invocation(
                UUID.randomUUID().toString(),
                event.getBytes(UTF_8),
                timeout,
                new CompletableFuture<>(),
                new CompletableFuture<>());
        invocations.put(invocation.id, invocation);
        next.add(invocation);
        return invocation;
    }

    private void invocation(HttpExchange exchange) throws IOException {
        String[] path =
                exchange.getRequestURI().getPath().substring(ROOT.length()).split("/");
        if (path[2].equals("next")) {
            giveNext(exchange);
            return;
        }
        String json = body(exchange);
        invocations
                .remove(path[2])
                .answer
                .complete(path[3].equals("response") ? new Answer.Success(json) : new Answer.Failure(json));
        respond(exchange, ACCEPTED);
    }

    private void giveNext(HttpExchange exchange) throws IOException {
        try {
            Invocation invocation = next.take();
            Instant deadline = Instant.now().plus(invocation.timeout);
            exchange.getResponseHeaders().set("Lambda-Runtime-Aws-Request-Id", invocation.id);
            exchange.getResponseHeaders().set("Lambda-Runtime-Deadline-Ms", Long.toString(deadline.toEpochMilli()));
            exchange.getResponseHeaders()
                    .set(
                            "Lambda-Runtime-Invoked-Function-Arn",
                            "arn:aws:lambda:eu-central-1:123456789012:function:test");
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(OK, invocation.event.length);
            exchange.getResponseBody().write(invocation.event);
            exchange.close();
            invocation.deadline.complete(deadline);
        } catch (InterruptedException e) {
            // The function has ended, and so has this server.
            Thread.currentThread().interrupt();
        }
    }

    private static String body(HttpExchange exchange) throws IOException {
        return new String(exchange.getRequestBody().readAllBytes(), UTF_8);
    }

    private static void respond(HttpExchange exchange, int status) throws IOException {
        exchange.sendResponseHeaders(status, -1);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
