package io.walpost.relay.service;

import io.walpost.relay.failure.RelayException;
import io.walpost.relay.runtime.DrainReport;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;

/** What machines are told: the same on standard output and over HTTP. What is not known is null. */
public final class RelayJson {

    private RelayJson() {}

    public static JsonObject of(DrainReport report) {
        return Json.createObjectBuilder()
                .add("slot", report.slot())
                .add("reached", report.reached())
                .add("events", report.events())
                .add("bytes", report.bytes())
                .add("fromLsn", report.from().toString())
                .add("toLsn", report.to().toString())
                .add("targetLsn", report.target().toString())
                .add("millis", report.time().toMillis())
                .add(
                        "failure",
                        report.failure()
                                .<JsonValue>map(failure -> Json.createValue(failure.getMessage()))
                                .orElse(JsonValue.NULL))
                .build();
    }

    /** @param hint what the operator can do */
    public static JsonObject error(RelayException failure, String hint) {
        return Json.createObjectBuilder()
                .add(
                        "error",
                        Json.createObjectBuilder()
                                .add("kind", failure.kind().label())
                                .add("message", failure.getMessage())
                                .add("hint", hint))
                .build();
    }
}
