package io.walpost.outbox;

import java.nio.charset.StandardCharsets;

/**
 * A position in PostgreSQL's write-ahead log ("Log Sequence Number", PostgreSQL manual, section 8.20).
 *
 * <p>The 64 bits are unsigned: compare with {@link #compareTo}, never with {@code <}.
 *
 * @param value the byte position
 */
public record Lsn(long value) implements Comparable<Lsn> {

    /** {@code 0/0}, which no record of the log has ("InvalidXLogRecPtr"). */
    public static final Lsn ZERO = new Lsn(0);

    private static final int HALF_BITS = 32;
    private static final int MAX_HALF_DIGITS = 8;
    private static final int HEX = 16;
    private static final byte[] DIGITS = "0123456789ABCDEF".getBytes(StandardCharsets.ISO_8859_1);

    /**
     * Reads PostgreSQL's text form, such as {@code 16/B374D848}.
     *
     * @throws IllegalArgumentException if the text is anything else; there is no "invalid" LSN to go on with
     */
    public static Lsn parse(String text) {
        int slash = text.indexOf('/');
        if (slash < 0) {
            throw malformed(text);
        }
        return new Lsn(parseHalf(text, 0, slash) << HALF_BITS | parseHalf(text, slash + 1, text.length()));
    }

    private static long parseHalf(String text, int from, int to) {
        if (to - from < 1 || to - from > MAX_HALF_DIGITS) {
            throw malformed(text);
        }
        long half = 0;
        for (int i = from; i < to; i++) {
            int digit = text.charAt(i) < 128 ? Character.digit(text.charAt(i), HEX) : -1;
            if (digit < 0) {
                throw malformed(text);
            }
            half = half << 4 | digit;
        }
        return half;
    }

    private static IllegalArgumentException malformed(String text) {
        return new IllegalArgumentException(
                "'" + text + "' is not an LSN: expected two hexadecimal numbers of up to 8 digits, as in 16/B374D848");
    }

    /** True if this position lies after the other one. */
    public boolean isAfter(Lsn other) {
        return compareTo(other) > 0;
    }

    @Override
    public int compareTo(Lsn other) {
        return Long.compareUnsigned(value, other.value);
    }

    /** PostgreSQL's text form, as {@code pg_lsn} prints it. */
    @Override
    public String toString() {
        byte[] text = new byte[2 * MAX_HALF_DIGITS + 1];
        int from = writeHalf(text, text.length, value & 0xFFFF_FFFFL);
        text[--from] = '/';
        from = writeHalf(text, from, value >>> HALF_BITS);
        return new String(text, from, text.length - from, StandardCharsets.ISO_8859_1);
    }

    /** Writes the digits so that they end before a place; by hand, since every transaction has its position as text. */
    private static int writeHalf(byte[] text, int end, long half) {
        int from = end;
        long rest = half;
        do {
            text[--from] = DIGITS[(int) (rest & 0xF)];
            rest >>>= 4;
        } while (rest != 0);
        return from;
    }
}
