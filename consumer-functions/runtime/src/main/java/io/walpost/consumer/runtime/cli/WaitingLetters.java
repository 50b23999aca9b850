package io.walpost.consumer.runtime.cli;

import io.walpost.consumer.deadletter.Replay;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.util.Optional;

/** Letters that were chosen and that a replay does not come to. */
final class WaitingLetters {

    private WaitingLetters() {}

    /** A line of its own, after another. */
    static String text(Replay.Waiting waiting) {
        String behind = "behind letter " + waiting.behind() + ", which was not chosen and is to be replayed first.";
        return waiting.letters() == 1
                ? "\nLetter " + waiting.first() + " waits " + behind
                : "\n" + waiting.letters() + " of the letters chosen wait behind others: " + waiting.first() + " "
                        + behind;
    }

    /** Null if there are none. */
    static JsonValue json(Optional<Replay.Waiting> waiting) {
        return waiting.<JsonValue>map(WaitingLetters::json).orElse(JsonValue.NULL);
    }

    private static JsonObject json(Replay.Waiting waiting) {
        return Json.object()
                .add("letters", waiting.letters())
                .add("first", waiting.first())
                .add("behind", waiting.behind())
                .build();
    }
}
