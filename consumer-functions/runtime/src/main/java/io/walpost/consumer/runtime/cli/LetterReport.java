package io.walpost.consumer.runtime.cli;

import io.walpost.consumer.RecordHeader;
import io.walpost.consumer.deadletter.Letter;
import io.walpost.consumer.deadletter.LetterSummary;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.util.Locale;
import java.util.Optional;

/**
 * One letter.
 *
 * @param content whether what the record holds is shown too
 */
record LetterReport(Letter letter, boolean content) implements Report {

    @Override
    public String text() {
        LetterSummary summary = letter.summary();
        Columns columns = new Columns("letter", Long.toString(summary.id()));
        columns.row("consumer", summary.consumer());
        columns.row("record", summary.place().toString());
        columns.row("key", Bytes.text(summary.key()));
        columns.row(
                "event",
                summary.event().eventType().orElse("(no type)") + " of "
                        + summary.event().aggregateType() + ", id "
                        + summary.event().eventId().map(Object::toString).orElse("unknown"));
        columns.row("put aside", summary.failedAt().toString());
        columns.row("failure", summary.failure() + " (" + summary.errorClass() + ")");
        columns.row("hint", summary.hint());
        columns.row(
                "tried again",
                summary.retryCount() + " times"
                        + summary.lastRetryAt().map(at -> ", last at " + at).orElse(""));
        summary.end()
                .ifPresent(end -> columns.row(
                        end.resolution().name().toLowerCase(Locale.ROOT),
                        end.at() + end.reason().map(reason -> ", " + reason).orElse("")));
        if (content) {
            addContent(columns);
        } else {
            columns.row("value", size());
        }
        return columns.toString();
    }

    private void addContent(Columns columns) {
        columns.row("message", letter.errorMessage().orElse("(none)"));
        for (RecordHeader header : letter.record().headers()) {
            columns.row("header " + header.name(), Bytes.text(header.value()));
        }
        columns.row("value", Bytes.text(letter.record().value()));
    }

    private String size() {
        byte[] value = letter.record().value();
        return value == null ? "none" : value.length + " bytes (--content shows them)";
    }

    @Override
    public JsonObject json() {
        JsonObjectBuilder json = LetterJson.builder(letter.summary());
        if (content) {
            json.add("message", Json.text(letter.errorMessage()))
                    .add(
                            "headers",
                            Json.array(letter.record().headers().stream()
                                    .map(header -> Json.object()
                                            .add("name", header.name())
                                            .add(
                                                    "value",
                                                    Json.text(Optional.ofNullable(header.value())
                                                            .map(Bytes::text)))
                                            .build())
                                    .toList()))
                    .add(
                            "value",
                            Json.text(
                                    Optional.ofNullable(letter.record().value()).map(Bytes::text)));
        }
        return json.build();
    }
}
