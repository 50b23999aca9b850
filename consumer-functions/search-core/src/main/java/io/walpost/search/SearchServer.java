package io.walpost.search;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Objects;
import java.util.Optional;

/**
 * Where OpenSearch is, and who asks.
 *
 * @param url the address of its HTTP API
 * @param authorization the value of the header of that name
 * @param timeout how long a request may take
 */
record SearchServer(URI url, Optional<String> authorization, Duration timeout) {

    SearchServer {
        Objects.requireNonNull(url, "url");
        Objects.requireNonNull(authorization, "authorization");
        Objects.requireNonNull(timeout, "timeout");
    }

    static SearchServer open(URI url, Duration timeout) {
        return new SearchServer(url, Optional.empty(), timeout);
    }

    static SearchServer of(URI url, String user, String password, Duration timeout) {
        byte[] both = (user + ":" + password).getBytes(StandardCharsets.UTF_8);
        return new SearchServer(url, Optional.of("Basic " + Base64.getEncoder().encodeToString(both)), timeout);
    }

    URI resolve(String path) {
        String base = url.toString();
        return URI.create((base.endsWith("/") ? base.substring(0, base.length() - 1) : base) + path);
    }

    /** Where it is, without what an address may say beside. */
    String place() {
        return url.getHost() + (url.getPort() < 0 ? "" : ":" + url.getPort());
    }

    /** Without the credentials. */
    @Override
    public String toString() {
        return "SearchServer[" + place() + "]";
    }
}
