package io.walpost.relay.service.cli;

import java.util.LinkedHashMap;
import java.util.Map;

/** A heading, names with their values, and remarks below. */
final class Table {

    private final String heading;
    private final Map<String, String> rows = new LinkedHashMap<>();
    private final StringBuilder notes = new StringBuilder();

    Table(String heading) {
        this.heading = heading;
    }

    void row(String name, String value) {
        rows.put(name, value);
    }

    void note(String text) {
        notes.append("\n\n").append(text);
    }

    @Override
    public String toString() {
        int width = rows.keySet().stream().mapToInt(String::length).max().orElse(0);
        StringBuilder text = new StringBuilder(heading);
        rows.forEach((name, value) -> text.append("\n  ")
                .append(name)
                .append(" ".repeat(width - name.length() + 2))
                .append(value));
        return text.append(notes).toString();
    }
}
