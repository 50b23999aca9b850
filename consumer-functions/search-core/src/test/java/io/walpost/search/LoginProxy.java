package io.walpost.search;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.BasicAuthenticator;
import com.sun.net.httpserver.HttpContext;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** Asks for a login, as OpenSearch's security plugin does, which Maven Central has not; passes on what has one. */
public final class LoginProxy implements AutoCloseable {

    public static final String USER = "search_function";

    private final URI search;
    private final HttpClient client = HttpClient.newHttpClient();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final AtomicInteger refused = new AtomicInteger();
    private final HttpServer server;
    private volatile String password;

    public LoginProxy(String search, String password) throws IOException {
        this.search = URI.create(search);
        this.password = password;
        this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        HttpContext everything = server.createContext("/", this::passOn);
        everything.setAuthenticator(new BasicAuthenticator("search", UTF_8) {
            @Override
            public boolean checkCredentials(String user, String given) {
                boolean isRight = user.equals(USER) && given.equals(LoginProxy.this.password);
                if (!isRight) {
                    refused.incrementAndGet();
                }
                return isRight;
            }
        });
        server.setExecutor(threads);
        server.start();
    }

    public String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    public void setPassword(String next) {
        password = next;
    }

    /** How many logins were wrong. */
    public int refused() {
        return refused.get();
    }

    private void passOn(HttpExchange exchange) throws IOException {
        try (exchange) {
            HttpResponse<byte[]> answer = client.send(
                    HttpRequest.newBuilder(
                                    search.resolve(exchange.getRequestURI().toString()))
                            .header("Content-Type", exchange.getRequestHeaders().getFirst("Content-Type"))
                            .method(
                                    exchange.getRequestMethod(),
                                    BodyPublishers.ofByteArray(
                                            exchange.getRequestBody().readAllBytes()))
                            .build(),
                    BodyHandlers.ofByteArray());
            byte[] body = answer.body();
            exchange.sendResponseHeaders(answer.statusCode(), body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.close();
        client.close();
    }
}
