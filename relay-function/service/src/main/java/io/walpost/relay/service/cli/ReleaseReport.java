package io.walpost.relay.service.cli;

import io.walpost.relay.publish.parked.ReleaseOutcome;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.util.List;
import java.util.stream.Collectors;

/** What became of the keys that were to be released. */
record ReleaseReport(List<ReleaseOutcome> outcomes) implements Report {

    @Override
    public String text() {
        return outcomes.isEmpty()
                ? "No such key is parked; the command parked lists those that are."
                : outcomes.stream().map(ReleaseReport::text).collect(Collectors.joining("\n"));
    }

    private static String text(ReleaseOutcome outcome) {
        String key =
                "Key " + outcome.key().keyText() + " of topic " + outcome.key().topic();
        return switch (outcome) {
            case ReleaseOutcome.Released released -> key + ": released, " + events(released) + " published";
            case ReleaseOutcome.Refused refused ->
                key + ": still parked, as event " + refused.eventId() + " is refused: " + refused.reason() + "\n  "
                        + refused.hint() + "\n  Or leave it where it is: --skip " + refused.eventId();
            case ReleaseOutcome.NotAnswered unanswered ->
                key + ": still parked; no relay has let it go. Is one running? " + events(unanswered)
                        + " went to the topic again, so one that starts next may let it go; if not, run this again.";
        };
    }

    private static String events(ReleaseOutcome outcome) {
        return outcome.republished() + (outcome.republished() == 1 ? " event" : " events");
    }

    @Override
    public JsonObject json() {
        return Json.object()
                .add(
                        "keys",
                        Json.array(outcomes.stream().map(ReleaseReport::json).toList()))
                .build();
    }

    private static JsonObject json(ReleaseOutcome outcome) {
        JsonObjectBuilder json = Json.object()
                .add("topic", outcome.key().topic())
                .add("key", outcome.key().keyText())
                .add("republished", outcome.republished());
        switch (outcome) {
            case ReleaseOutcome.Released ignored -> json.add("outcome", "released");
            case ReleaseOutcome.Refused refused ->
                json.add("outcome", "refused")
                        .add("eventId", refused.eventId())
                        .add("reason", refused.reason())
                        .add("hint", refused.hint());
            case ReleaseOutcome.NotAnswered ignored -> json.add("outcome", "not-answered");
        }
        return json.build();
    }
}
