package io.walpost.relay.route;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.concurrent.TimeUnit;

/** An event's timestamp as text, rewritten without parsing it into a date. */
final class EventTime {

    private static final int DATE_LENGTH = "2026-11-20".length();
    private static final int SECONDS_END = "2026-11-20 03:56:40".length();
    private static final int MILLIS_DIGITS = 3;
    private static final int MICROS_DIGITS = 6;
    private static final int NANOS_PER_MICRO = 1000;
    private static final int LAST_YEAR = 9999;
    private static final byte[] TEMPLATE = "0000-00-00T00:00:00.000000Z".getBytes(US_ASCII);
    private static final String UTC_OFFSET = "+00";

    private EventTime() {}

    /**
     * @param text in UTC: as the session writes it (ISO style, {@code 2026-11-20 03:56:40.123+00}), or as RFC 3339 does,
     *     with {@code Z}
     * @return {@code 2026-11-20T03:56:40.123Z}; null for what RFC 3339 cannot say: {@code infinity}, years before 1 or
     *     after 9999
     */
    static byte[] toRfc3339(byte[] text) {
        if (text.length > SECONDS_END && text[DATE_LENGTH] == 'T' && text[text.length - 1] == 'Z') {
            return text;
        }
        int end = text.length - UTC_OFFSET.length();
        if (end < SECONDS_END || text[DATE_LENGTH] != ' ' || text[text.length - 3] != '+') {
            return null;
        }
        byte[] rfc3339 = new byte[end + 1];
        System.arraycopy(text, 0, rfc3339, 0, end);
        rfc3339[DATE_LENGTH] = 'T';
        rfc3339[end] = 'Z';
        return rfc3339;
    }

    /**
     * The same for a point in time, to the microsecond, as which PostgreSQL knows it. Written digit by digit: this comes
     * once a transaction, and {@link Instant#toString} costs more than all the rest of routing.
     */
    static byte[] toRfc3339(Instant instant) {
        LocalDateTime time = LocalDateTime.ofInstant(instant, ZoneOffset.UTC);
        if (time.getYear() < 0 || time.getYear() > LAST_YEAR) {
            return instant.toString().getBytes(US_ASCII);
        }
        byte[] text = TEMPLATE.clone();
        write(text, 0, 4, time.getYear());
        write(text, 5, 2, time.getMonthValue());
        write(text, 8, 2, time.getDayOfMonth());
        write(text, 11, 2, time.getHour());
        write(text, 14, 2, time.getMinute());
        write(text, 17, 2, time.getSecond());
        write(text, SECONDS_END + 1, MICROS_DIGITS, time.getNano() / NANOS_PER_MICRO);
        return text;
    }

    private static void write(byte[] text, int from, int digits, int value) {
        int rest = value;
        for (int i = from + digits - 1; i >= from; i--) {
            text[i] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
    }

    /**
     * @param rfc3339 what {@link #toRfc3339} gave
     * @return milliseconds since 1970; negative for what is before, or no time after all, as a column of text may hold
     */
    static long epochMillis(byte[] rfc3339) {
        try {
            return parse(rfc3339);
        } catch (DateTimeException e) {
            return -1;
        }
    }

    private static long parse(byte[] rfc3339) {
        long days = LocalDate.of(number(rfc3339, 0, 4), number(rfc3339, 5, 2), number(rfc3339, 8, 2))
                .toEpochDay();
        long seconds = TimeUnit.HOURS.toSeconds(number(rfc3339, 11, 2))
                + TimeUnit.MINUTES.toSeconds(number(rfc3339, 14, 2))
                + number(rfc3339, 17, 2)
                + days * TimeUnit.DAYS.toSeconds(1);
        return TimeUnit.SECONDS.toMillis(seconds) + millis(rfc3339);
    }

    /** The first three digits of the fraction, which may have fewer or none. */
    private static int millis(byte[] rfc3339) {
        int value = 0;
        for (int i = 1; i <= MILLIS_DIGITS; i++) {
            int at = SECONDS_END + i;
            value = 10 * value + (at < rfc3339.length - 1 ? rfc3339[at] - '0' : 0);
        }
        return value;
    }

    private static int number(byte[] text, int from, int digits) {
        int value = 0;
        for (int i = from; i < from + digits; i++) {
            value = 10 * value + text[i] - '0';
        }
        return value;
    }
}
