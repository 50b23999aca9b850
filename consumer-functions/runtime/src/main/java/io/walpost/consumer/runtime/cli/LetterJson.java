package io.walpost.consumer.runtime.cli;

import io.walpost.consumer.deadletter.LetterSummary;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.util.Locale;
import java.util.Optional;

/** A letter for machines. */
final class LetterJson {

    private LetterJson() {}

    static JsonObject summary(LetterSummary letter) {
        return builder(letter).build();
    }

    static JsonObjectBuilder builder(LetterSummary letter) {
        return Json.object()
                .add("id", letter.id())
                .add("consumer", letter.consumer())
                .add("topic", letter.place().topic())
                .add("partition", letter.place().partition())
                .add("offset", letter.place().offset())
                .add("key", Json.text(Optional.ofNullable(letter.key()).map(Bytes::text)))
                .add("eventId", Json.text(letter.event().eventId()))
                .add("aggregateType", letter.event().aggregateType())
                .add("type", Json.text(letter.event().eventType()))
                .add("failure", letter.failure())
                .add("hint", letter.hint())
                .add("errorClass", letter.errorClass())
                .add("failedAt", letter.failedAt().toString())
                .add("retryCount", letter.retryCount())
                .add("lastRetryAt", Json.text(letter.lastRetryAt()))
                .add("resolvedAt", Json.text(letter.end().map(LetterSummary.End::at)))
                .add("resolution", Json.text(letter.end().map(end -> end.resolution()
                        .name()
                        .toLowerCase(Locale.ROOT))))
                .add("reason", Json.text(letter.end().flatMap(LetterSummary.End::reason)));
    }
}
