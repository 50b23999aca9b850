package io.walpost.consumer.runtime.http;

import io.vertx.core.http.HttpServerResponse;
import io.walpost.consumer.Outcome;
import java.time.Duration;
import java.util.Optional;

/**
 * What KafkaSource is told: it goes on after 2xx, and sends the event again after 429 and 5xx.
 *
 * @param reason a sentence; empty with 2xx, whose body would be taken for another event
 */
record Answer(int status, Optional<Duration> retryAfter, String reason) {

    private static final int NO_CONTENT = 204;
    private static final int TOO_MANY_REQUESTS = 429;
    private static final int SERVICE_UNAVAILABLE = 503;
    private static final Duration SOON = Duration.ofSeconds(1);

    static Answer of(Outcome outcome, Duration retryAfter) {
        return switch (outcome) {
            case Outcome.Applied applied -> done();
            case Outcome.Duplicate duplicate -> done();
            case Outcome.Ignored ignored -> done();
            case Outcome.Parked parked -> done();
            case Outcome.DeadLetter letter -> done();
            case Outcome.Retry retry ->
                notNow(
                        "Not applied; " + retry.failure().label() + ": "
                                + retry.failure().hint(),
                        retryAfter);
        };
    }

    static Answer notNow(String reason, Duration retryAfter) {
        return new Answer(SERVICE_UNAVAILABLE, Optional.of(retryAfter), reason);
    }

    static Answer tooMany(String reason) {
        return new Answer(TOO_MANY_REQUESTS, Optional.of(SOON), reason);
    }

    static Answer refused(NoCloudEventException refusal) {
        return new Answer(refusal.status(), Optional.empty(), refusal.getMessage());
    }

    private static Answer done() {
        return new Answer(NO_CONTENT, Optional.empty(), "");
    }

    void send(HttpServerResponse response) {
        response.setStatusCode(status);
        // In whole seconds, and not "at once".
        retryAfter.ifPresent(time -> response.putHeader("Retry-After", Long.toString(Math.max(1, time.toSeconds()))));
        if (reason.isEmpty()) {
            response.end();
        } else {
            response.putHeader("Content-Type", "text/plain; charset=utf-8").end(reason + "\n");
        }
    }
}
