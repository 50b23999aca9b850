package io.walpost.relay.capture;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.util.regex.Pattern;

/** The {@code timestamp} of a message: RFC 3339 with any offset. */
final class MessageTime {

    private static final String SHORTEST = "2026-11-20T03:56:40Z";
    private static final int FRACTION = "2026-11-20T03:56:40".length();
    private static final int MOST_FRACTION_DIGITS = 9;
    private static final Pattern RFC3339 =
            Pattern.compile("\\d{4}-\\d\\d-\\d\\d[Tt]\\d\\d:\\d\\d:\\d\\d(\\.\\d{1,9})?([Zz]|[+-]\\d\\d:\\d\\d)");
    private static final Instant END = Instant.parse("+10000-01-01T00:00:00Z");
    private static final Instant START = Instant.parse("0001-01-01T00:00:00Z");

    private MessageTime() {}

    /**
     * The same instant in UTC: the same bytes, if they say it so already.
     *
     * @throws MalformedMessageException if it is not RFC 3339, or cannot be said so in UTC
     */
    static byte[] inUtc(byte[] text) throws MalformedMessageException {
        try {
            if (isPlainUtc(text)) {
                return text;
            }
            String other = new String(text, ISO_8859_1);
            Instant instant = RFC3339.matcher(other).matches()
                    ? OffsetDateTime.parse(other).toInstant()
                    : Instant.MAX;
            if (!instant.isBefore(START) && instant.isBefore(END)) {
                return instant.toString().getBytes(US_ASCII);
            }
        } catch (DateTimeException e) {
            // As below.
        }
        throw new MalformedMessageException("the field 'timestamp' is not a time of RFC 3339");
    }

    /** Whether it is as a writer of ours puts it. Throws if it is, but there is no such day or time. */
    private static boolean isPlainUtc(byte[] text) {
        if (text.length < SHORTEST.length() || text[text.length - 1] != 'Z' || !hasShape(text)) {
            return false;
        }
        int year = number(text, 0, 4);
        if (year == 0) {
            return false;
        }
        LocalDate.of(year, number(text, 5, 7), number(text, 8, 10));
        LocalTime.of(number(text, 11, 13), number(text, 14, 16), number(text, 17, 19));
        return true;
    }

    private static boolean hasShape(byte[] text) {
        for (int i = 0; i < FRACTION; i++) {
            char expected = SHORTEST.charAt(i);
            if (expected >= '0' && expected <= '9' ? !isDigit(text[i]) : text[i] != expected) {
                return false;
            }
        }
        int digits = text.length - FRACTION - 2;
        if (digits < 0) {
            return true;
        }
        if (text[FRACTION] != '.' || digits == 0 || digits > MOST_FRACTION_DIGITS) {
            return false;
        }
        for (int i = FRACTION + 1; i < text.length - 1; i++) {
            if (!isDigit(text[i])) {
                return false;
            }
        }
        return true;
    }

    private static boolean isDigit(byte b) {
        return b >= '0' && b <= '9';
    }

    private static int number(byte[] text, int from, int to) {
        int value = 0;
        for (int i = from; i < to; i++) {
            value = 10 * value + text[i] - '0';
        }
        return value;
    }
}
