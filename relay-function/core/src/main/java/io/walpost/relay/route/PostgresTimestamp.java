package io.walpost.relay.route;

/** Rewrites {@code timestamptz} text as RFC 3339 without parsing it into a date. */
final class PostgresTimestamp {

    private static final int DATE_LENGTH = "2026-11-20".length();
    private static final int SECONDS_END = "2026-11-20 03:56:40".length();
    private static final String UTC_OFFSET = "+00";

    private PostgresTimestamp() {}

    /**
     * @param text as the session writes it (ISO style, UTC): {@code 2026-11-20 03:56:40.123+00}
     * @return {@code 2026-11-20T03:56:40.123Z}; null for what RFC 3339 cannot say: {@code infinity}, years before 1 or
     *     after 9999
     */
    static byte[] toRfc3339(byte[] text) {
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
}
