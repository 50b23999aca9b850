package io.walpost.localstack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.nio.file.Path;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalOpenSearchTest {

    private static final LocalOpenSearch SEARCH = LocalOpenSearch.temporary();

    private final HttpClient http = HttpClient.newHttpClient();

    @BeforeEach
    void start() {
        SEARCH.start();
    }

    @AfterAll
    static void close() {
        SEARCH.close();
        assertThat(SEARCH.dataFolder()).doesNotExist();
    }

    @Test
    void keepsAnAcknowledgedDocumentAndItsPortWhenItIsKilled() throws Exception {
        assertThat(put(SEARCH, "/survivors/_doc/1", "{\"name\":\"kept\"}").statusCode())
                .isEqualTo(201);

        SEARCH.kill();
        assertThat(SEARCH.running()).isFalse();
        assertThat(Ports.isFree(SEARCH.port())).isTrue();
        SEARCH.start();

        assertThat(get(SEARCH, "/survivors/_doc/1").body()).contains("\"name\":\"kept\"");
    }

    @Test
    void keepsItsDataWhenItIsClosedAndMadeAgain(@TempDir Path folder) throws Exception {
        int port = Ports.free();
        try (LocalOpenSearch first = LocalOpenSearch.at(folder, port)) {
            first.start();
            put(first, "/survivors/_doc/1", "{\"name\":\"kept\"}");
        }
        try (LocalOpenSearch second = LocalOpenSearch.at(folder, port)) {
            second.start();

            assertThat(get(second, "/survivors/_doc/1").body()).contains("\"name\":\"kept\"");
        }
    }

    @Test
    void knowsExternalVersions() throws Exception {
        String document = "/versioned/_doc/1?version_type=external&version=";

        assertThat(put(SEARCH, document + 7, "{}").statusCode()).isEqualTo(201);
        assertThat(put(SEARCH, document + 6, "{}").statusCode()).isEqualTo(409);
    }

    @Test
    void answersNothingWhileItIsPaused() {
        SEARCH.pause();
        try {
            HttpRequest request = HttpRequest.newBuilder(URI.create(SEARCH.url()))
                    .timeout(Duration.ofMillis(500))
                    .build();
            assertThatThrownBy(() -> http.send(request, BodyHandlers.discarding()))
                    .isInstanceOf(HttpTimeoutException.class);
        } finally {
            SEARCH.resume();
        }
        Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> new OpenSearchClient(SEARCH).answers());
    }

    @Test
    void keepsItsClassesToItsOwnProcess() {
        assertThatThrownBy(() -> Class.forName("org.opensearch.node.Node")).isInstanceOf(ClassNotFoundException.class);
        assertThatThrownBy(() -> Class.forName("org.apache.lucene.index.IndexWriter"))
                .isInstanceOf(ClassNotFoundException.class);
    }

    private HttpResponse<String> put(LocalOpenSearch node, String path, String json) throws Exception {
        return http.send(
                HttpRequest.newBuilder(URI.create(node.url() + path))
                        .header("Content-Type", "application/json")
                        .PUT(BodyPublishers.ofString(json))
                        .build(),
                BodyHandlers.ofString());
    }

    private HttpResponse<String> get(LocalOpenSearch node, String path) throws Exception {
        return http.send(HttpRequest.newBuilder(URI.create(node.url() + path)).build(), BodyHandlers.ofString());
    }
}
