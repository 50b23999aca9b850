package io.walpost.relay.service.endpoint;

import io.vertx.core.http.HttpServerResponse;
import io.walpost.relay.failure.FailureKind;
import io.walpost.relay.failure.Reaction;
import io.walpost.relay.failure.RelayException;
import io.walpost.relay.runtime.DrainReport;
import io.walpost.relay.service.RelayJson;
import jakarta.json.Json;
import jakarta.json.JsonObject;

/** What the endpoint says: what is done is 200, what is worth another request 503, what somebody else does 409. */
record DrainAnswer(int status, JsonObject body) {

    private static final int OK = 200;
    private static final int UNAUTHORIZED = 401;
    private static final int CONFLICT = 409;
    private static final int INTERNAL_ERROR = 500;
    private static final int UNAVAILABLE = 503;
    private static final String SOON_SECONDS = "5";

    static DrainAnswer of(DrainReport report) {
        boolean isBusy = report.failure()
                .filter(failure -> failure.kind() == FailureKind.SLOT_BUSY)
                .isPresent();
        return new DrainAnswer(report.reached() ? OK : isBusy ? CONFLICT : UNAVAILABLE, RelayJson.of(report));
    }

    static DrainAnswer of(RelayException failure) {
        int status = failure.kind() == FailureKind.SLOT_BUSY
                ? CONFLICT
                : failure.kind().reaction() == Reaction.RETRY ? UNAVAILABLE : INTERNAL_ERROR;
        return new DrainAnswer(status, RelayJson.error(failure, failure.hint()));
    }

    static DrainAnswer alreadyDraining() {
        return new DrainAnswer(CONFLICT, error("A drain is running"));
    }

    static DrainAnswer stopping() {
        return new DrainAnswer(UNAVAILABLE, error("The process is being stopped"));
    }

    static DrainAnswer defect() {
        return new DrainAnswer(INTERNAL_ERROR, error("The drain ended by a defect: see the log"));
    }

    static DrainAnswer unauthorised() {
        return new DrainAnswer(UNAUTHORIZED, error("The request bears no token that is let in"));
    }

    private static JsonObject error(String message) {
        return Json.createObjectBuilder()
                .add("error", Json.createObjectBuilder().add("message", message))
                .build();
    }

    void send(HttpServerResponse response) {
        if (response.closed()) {
            // Who asked has hung up; what was done is done.
            return;
        }
        response.setStatusCode(status).putHeader("Content-Type", "application/json");
        if (status == UNAVAILABLE) {
            response.putHeader("Retry-After", SOON_SECONDS);
        } else if (status == UNAUTHORIZED) {
            response.putHeader("WWW-Authenticate", "Bearer");
        }
        response.end(body.toString());
    }
}
