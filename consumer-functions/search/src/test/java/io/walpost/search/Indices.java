package io.walpost.search;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.walpost.localstack.LocalOpenSearch;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** A real OpenSearch, and what a test reads back from it past the handler. */
final class Indices implements AutoCloseable {

    private static final AtomicInteger NAMES = new AtomicInteger();
    private static final int ONE_ANSWER = 10_000;

    final LocalOpenSearch server = LocalOpenSearch.temporary();
    final OpenSearch search = client(Duration.ofSeconds(30));

    Indices() {
        server.start();
    }

    OpenSearch client(Duration timeout) {
        return client(server, timeout);
    }

    static OpenSearch client(LocalOpenSearch server, Duration timeout) {
        return new OpenSearch(SearchServer.open(URI.create(server.url()), timeout));
    }

    /** An alias that no other test uses, without an index. */
    IndexAdmin noIndex() {
        return new IndexAdmin(search, "orders" + NAMES.incrementAndGet());
    }

    /** An alias that no other test uses, with an empty index. */
    IndexAdmin newIndex() throws Exception {
        IndexAdmin admin = noIndex();
        assertThat(admin.createIfAbsent()).isTrue();
        return admin;
    }

    /** The document with its version; missing if there is none. */
    JsonNode document(String alias, long id) throws Exception {
        return search.send("GET", "/" + alias + "/_doc/" + id).body();
    }

    /** The document to the letter. */
    String source(String alias, long id) throws Exception {
        URI uri = URI.create(server.url() + "/" + alias + "/_source/" + id);
        try (HttpClient http = HttpClient.newHttpClient()) {
            return http.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString())
                    .body();
        }
    }

    long version(String alias, long id) throws Exception {
        return document(alias, id).path("_version").asLong();
    }

    /** The version of every document, that of a deleted one as a negative number; of an index that fits into one answer. */
    Map<Long, Long> versions(String alias) throws Exception {
        return versions(search, alias);
    }

    static Map<Long, Long> versions(OpenSearch search, String alias) throws Exception {
        search.send("POST", "/" + alias + "/_refresh").orThrow("Refresh");
        JsonNode hits = search.send("GET", "/" + alias + "/_search?version=true&size=" + ONE_ANSWER)
                .orThrow("Search")
                .body()
                .path("hits");
        Map<Long, Long> versions = new HashMap<>();
        for (JsonNode hit : hits.path("hits")) {
            long version = hit.path("_version").asLong();
            boolean deleted = hit.path("_source").path("deleted").asBoolean();
            versions.put(hit.path("_id").asLong(), deleted ? -version : version);
        }
        assertThat(hits.path("total").path("value").asLong()).isEqualTo(versions.size());
        return versions;
    }

    long count(String alias) throws Exception {
        search.send("POST", "/" + alias + "/_refresh").orThrow("Refresh");
        return search.send("GET", "/" + alias + "/_count")
                .orThrow("Count")
                .body()
                .path("count")
                .asLong();
    }

    @Override
    public void close() {
        server.close();
        search.close();
    }
}
