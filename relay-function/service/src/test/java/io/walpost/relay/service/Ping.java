package io.walpost.relay.service;

import java.net.http.HttpRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;

/** What Knative's PingSource sends: a CloudEvent in binary mode. */
final class Ping {

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private Ping() {}

    static HttpRequest.Builder to(RelayProcess relay) {
        return HttpRequest.newBuilder(relay.uri("/drain"))
                .timeout(PATIENCE)
                .header("ce-specversion", "1.0")
                .header("ce-id", UUID.randomUUID().toString())
                .header("ce-source", "/apis/v1/namespaces/shop/pingsources/relay-drain")
                .header("ce-type", "dev.knative.sources.ping")
                .header("ce-time", Instant.now().toString())
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString("{}"));
    }

    static RelayProcess.Answer of(RelayProcess relay, String token) {
        return relay.send(to(relay).header("Authorization", "Bearer " + token));
    }
}
