package io.walpost.search;

import io.walpost.consumer.KeptLogin;
import io.walpost.consumer.SinkException;
import io.walpost.consumer.SinkLogin;
import java.net.http.HttpClient;
import java.time.Duration;

/**
 * Requests to OpenSearch. A handful of them are all that is needed, which the JDK's client does without a dependency that
 * a function would have to load. Safe for use by several threads.
 */
public final class OpenSearch implements AutoCloseable {

    private static final Duration CONNECT_LIMIT = Duration.ofSeconds(5);

    private final SearchServer server;
    private final KeptLogin login;
    // Of HTTP/2 there would be an upgrade to negotiate with every connection, and nothing to gain.
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT_LIMIT)
            .build();

    OpenSearch(SearchServer server, SinkLogin login) {
        this.server = server;
        this.login = new KeptLogin(login);
    }

    /**
     * @param path begins with a slash
     * @param body JSON
     * @return the answer, whatever its status
     * @throws SinkException if there was none
     */
    public Answer send(String method, String path, byte[] body) throws SinkException, InterruptedException {
        return together().send(method, path, body);
    }

    public Answer send(String method, String path) throws SinkException, InterruptedException {
        return together().send(method, path);
    }

    /**
     * Begins the time of requests that belong together, after it has asked for the login, if it has to.
     *
     * @throws SinkException if there is somebody to log in, and no password to be had
     */
    Requests together() throws SinkException {
        return new Requests(http, server, login, login.credentials());
    }

    @Override
    public void close() {
        http.close();
    }
}
