package io.walpost.consumer.runtime.cli;

import io.walpost.consumer.deadletter.LetterSummary;
import jakarta.json.JsonObject;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Some letters, a line each.
 *
 * @param none what to say if there are none
 * @param more what to say if there are more; empty if these are all
 */
record LettersReport(String none, List<LetterSummary> letters, Optional<String> more) implements Report {

    @Override
    public String text() {
        if (letters.isEmpty()) {
            return none;
        }
        Columns columns = new Columns("id", "since", "failure", "record", "key", "event", "tried", "");
        for (LetterSummary letter : letters) {
            columns.row(
                    Long.toString(letter.id()),
                    letter.failedAt().truncatedTo(ChronoUnit.SECONDS).toString(),
                    letter.failure(),
                    letter.place().toString(),
                    Bytes.text(letter.key()),
                    letter.event().eventType().orElse("(no type)"),
                    Integer.toString(letter.retryCount()),
                    letter.end().map(LettersReport::end).orElse(""));
        }
        return columns + more.map(text -> "\n" + text).orElse("");
    }

    private static String end(LetterSummary.End end) {
        return end.resolution().name().toLowerCase(Locale.ROOT);
    }

    @Override
    public JsonObject json() {
        return Json.object()
                .add(
                        "letters",
                        Json.array(letters.stream().map(LetterJson::summary).toList()))
                .add("more", more.isPresent())
                .build();
    }
}
