package io.walpost.localstack;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;

/** What the local stack itself asks of an OpenSearch node. */
final class OpenSearchClient {

    private static final int CONNECT_MILLIS = 500;
    private static final int READ_MILLIS = 5000;
    private static final int OK = 200;

    // A node listens before it may serve, and after a restart it serves before its indices do.
    private static final String HEALTH = "/_cluster/health?wait_for_status=yellow&timeout=1s";

    private final LocalOpenSearch node;

    OpenSearchClient(LocalOpenSearch node) {
        this.node = node;
    }

    boolean answers() {
        try {
            HttpURLConnection connection =
                    (HttpURLConnection) URI.create(node.url() + HEALTH).toURL().openConnection();
            connection.setConnectTimeout(CONNECT_MILLIS);
            connection.setReadTimeout(READ_MILLIS);
            try {
                return connection.getResponseCode() == OK;
            } finally {
                connection.disconnect();
            }
        } catch (IOException e) {
            return false;
        }
    }
}
