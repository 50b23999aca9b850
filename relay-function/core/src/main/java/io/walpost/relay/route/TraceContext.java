package io.walpost.relay.route;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.walpost.outbox.EventHeaders;
import java.io.IOException;
import java.io.StringReader;
import java.util.Arrays;
import java.util.List;
import java.util.Properties;

/** Unpacks the trace context that Debezium's outbox extension stores as the text of a properties file. */
final class TraceContext {

    private static final List<String> HEADERS = List.of(EventHeaders.TRACEPARENT, EventHeaders.TRACESTATE);

    /** What nearly every trace context is: this, one value, and the end of the line. */
    private static final byte[] USUAL_START = (EventHeaders.TRACEPARENT + "=").getBytes(US_ASCII);

    private TraceContext() {}

    /** Adds the headers that the column holds; a column that cannot be read adds none, as a trace is only an aid. */
    static void addTo(RecordHeaders headers, byte[] column) {
        int end = column.length > 0 && column[column.length - 1] == '\n' ? column.length - 1 : column.length;
        if (isUsual(column, end)) {
            headers.add(EventHeaders.TRACEPARENT, Arrays.copyOfRange(column, USUAL_START.length, end));
        } else {
            addProperties(headers, column);
        }
    }

    /** Whether nothing in it means something to a properties file: digits, letters and hyphens do not. */
    private static boolean isUsual(byte[] column, int end) {
        int start = USUAL_START.length;
        if (end <= start || !Arrays.equals(column, 0, start, USUAL_START, 0, start)) {
            return false;
        }
        for (int i = start; i < end; i++) {
            byte b = column[i];
            if (!(b >= '0' && b <= '9' || b >= 'a' && b <= 'z' || b == '-')) {
                return false;
            }
        }
        return true;
    }

    private static void addProperties(RecordHeaders headers, byte[] column) {
        Properties context = new Properties();
        try {
            context.load(new StringReader(new String(column, UTF_8)));
        } catch (IOException | IllegalArgumentException malformed) {
            return;
        }
        for (String name : HEADERS) {
            String value = context.getProperty(name);
            if (value != null && !value.isBlank()) {
                headers.add(name, value.getBytes(UTF_8));
            }
        }
    }
}
