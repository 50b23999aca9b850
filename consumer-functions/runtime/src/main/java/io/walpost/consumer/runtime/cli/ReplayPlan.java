package io.walpost.consumer.runtime.cli;

import io.walpost.consumer.deadletter.Replay;
import jakarta.json.JsonObject;
import java.util.Optional;

/** What a replay would do. */
record ReplayPlan(LettersReport letters, Optional<Replay.Waiting> waiting) implements Report {

    @Override
    public String text() {
        return letters.text() + waiting.map(WaitingLetters::text).orElse("");
    }

    @Override
    public JsonObject json() {
        return jakarta.json.Json.createObjectBuilder(letters.json())
                .add("waiting", WaitingLetters.json(waiting))
                .build();
    }
}
