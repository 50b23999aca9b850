package io.walpost.search;

import java.net.URI;
import java.time.Duration;
import java.util.Objects;

/**
 * Where OpenSearch is.
 *
 * @param url the address of its HTTP API
 * @param timeout how long requests that belong together may take
 */
record SearchServer(URI url, Duration timeout) {

    SearchServer {
        Objects.requireNonNull(url, "url");
        Objects.requireNonNull(timeout, "timeout");
    }

    URI resolve(String path) {
        String base = url.toString();
        return URI.create((base.endsWith("/") ? base.substring(0, base.length() - 1) : base) + path);
    }

    /** Where it is, without what an address may say beside. */
    String place() {
        return url.getHost() + (url.getPort() < 0 ? "" : ":" + url.getPort());
    }

    @Override
    public String toString() {
        return "SearchServer[" + place() + "]";
    }
}
