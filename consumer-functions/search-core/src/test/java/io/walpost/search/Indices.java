package io.walpost.search;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.walpost.consumer.SinkLogin;
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
public final class Indices implements AutoCloseable {

    private static final AtomicInteger NAMES = new AtomicInteger();
    private static final int ONE_ANSWER = 10_000;

    public final LocalOpenSearch server = LocalOpenSearch.temporary();
    public final OpenSearch search = client(Duration.ofSeconds(30));

    public Indices() {
        server.start();
    }

    public OpenSearch client(Duration timeout) {
        return client(server, timeout);
    }

    public static OpenSearch client(LocalOpenSearch server, Duration timeout) {
        return new OpenSearch(new SearchServer(URI.create(server.url()), timeout), SinkLogin.none());
    }

    /** An alias that no other test uses, without an index. */
    public IndexAdmin noIndex() {
        return new IndexAdmin(search, "orders" + NAMES.incrementAndGet());
    }

    /** An alias that no other test uses, with an empty index. */
    public IndexAdmin newIndex() throws Exception {
        IndexAdmin admin = noIndex();
        assertThat(admin.createIfAbsent()).isTrue();
        return admin;
    }

    /** The document with its version; missing if there is none. */
    public JsonNode document(String alias, long id) throws Exception {
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

    public long version(String alias, long id) throws Exception {
        return document(alias, id).path("_version").asLong();
    }

    /** The version of every document, that of a deleted one as a negative number; of an index that fits into one answer. */
    public Map<Long, Long> versions(String alias) throws Exception {
        return versions(search, alias);
    }

    public static Map<Long, Long> versions(OpenSearch search, String alias) throws Exception {
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

    public long count(String alias) throws Exception {
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
