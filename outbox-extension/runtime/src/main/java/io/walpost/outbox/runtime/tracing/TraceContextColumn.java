package io.walpost.outbox.runtime.tracing;

import io.walpost.outbox.EventHeaders;
import java.util.Map;

/**
 * The text of the column {@code tracingspancontext}: lines of {@code name=value} that {@link java.util.Properties} can
 * read, as Debezium's EventRouter does.
 */
final class TraceContextColumn {

    private static final int MAX_LENGTH = 256;

    private TraceContextColumn() {}

    /**
     * @param headers the injected headers of W3C Trace Context
     * @return null if there is no trace; without {@code tracestate} if that does not fit, which the specification allows
     *     anyone to drop
     */
    static String of(Map<String, String> headers) {
        String parent = headers.get(EventHeaders.TRACEPARENT);
        if (parent == null) {
            return null;
        }
        String column = line(EventHeaders.TRACEPARENT, parent);
        String state = headers.get(EventHeaders.TRACESTATE);
        if (state == null) {
            return column;
        }
        String withState = column + line(EventHeaders.TRACESTATE, state);
        return withState.length() <= MAX_LENGTH ? withState : column;
    }

    /** In a value of properties only a backslash and blanks at its start would be read as something else. */
    private static String line(String name, String value) {
        return name + "=" + value.strip().replace("\\", "\\\\") + "\n";
    }
}
