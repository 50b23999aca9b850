package io.walpost.consumer.deadletter;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/** A selection as a condition on rows of the alias {@code letter}. The text of it never depends on what was asked for. */
final class LetterCondition {

    private final List<String> conditions = new ArrayList<>();
    private final List<Object> parameters = new ArrayList<>();

    LetterCondition(LetterSelection selection) {
        if (!selection.ids().isEmpty()) {
            add("letter.id = ANY (?)", (Object) selection.ids().toArray(Long[]::new));
        }
        selection.consumer().ifPresent(consumer -> add("letter.consumer = ?", consumer));
        selection.topic().ifPresent(topic -> add("letter.topic = ?", topic));
        selection
                .key()
                .map(key -> key.getBytes(UTF_8))
                .ifPresent(key -> add("(sha256(letter.key) = sha256(?) AND letter.key = ?)", key, key));
        selection.failure().ifPresent(failure -> add("letter.failure = ?", failure));
        selection
                .errorClass()
                .ifPresent(name -> add(
                        "(letter.error_class = ? OR right(letter.error_class, length(?) + 1) = '.' || ?)",
                        name,
                        name,
                        name));
        selection.failedBefore().ifPresent(instant -> add("letter.failed_at < ?", instant.atOffset(ZoneOffset.UTC)));
        if (!selection.resolvedToo()) {
            add("letter.resolved_at IS NULL");
        }
    }

    private void add(String condition, Object... values) {
        conditions.add(condition);
        parameters.addAll(List.of(values));
    }

    String sql() {
        return conditions.isEmpty() ? "true" : String.join(" AND ", conditions);
    }

    /** Returns the index of the next parameter. */
    int bind(PreparedStatement statement, int from) throws SQLException {
        int index = from;
        for (Object parameter : parameters) {
            switch (parameter) {
                case Long[] ids ->
                    statement.setArray(index++, statement.getConnection().createArrayOf("int8", ids));
                case byte[] bytes -> statement.setBytes(index++, bytes);
                default -> statement.setObject(index++, parameter);
            }
        }
        return index;
    }
}
