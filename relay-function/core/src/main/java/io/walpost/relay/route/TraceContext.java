package io.walpost.relay.route;

import io.walpost.outbox.EventHeaders;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Properties;

/** Unpacks the trace context that Debezium's outbox extension stores as the text of a properties file. */
final class TraceContext {

    private static final List<String> HEADERS = List.of(EventHeaders.TRACEPARENT, EventHeaders.TRACESTATE);

    private TraceContext() {}

    /** Adds the headers that the column holds; a column that cannot be read adds none, as a trace is only an aid. */
    static void addTo(RecordHeaders headers, byte[] column) {
        Properties context = new Properties();
        try {
            context.load(new StringReader(new String(column, StandardCharsets.UTF_8)));
        } catch (IOException | IllegalArgumentException malformed) {
            return;
        }
        for (String name : HEADERS) {
            String value = context.getProperty(name);
            if (value != null && !value.isBlank()) {
                headers.add(name, value.getBytes(StandardCharsets.UTF_8));
            }
        }
    }
}
