package io.walpost.relay.capture;

import java.util.Arrays;

/** Strings of JSON that has been found to be well-formed, as bytes. */
final class JsonText {

    private static final int UNICODE_DIGITS = 4;
    private static final int HEX = 16;

    private JsonText() {}

    /** Where a string ends, before anybody has checked that it does; the end of everything if it does not. */
    static int closingQuote(byte[] json, int from, int end) {
        int at = from;
        while (at < end && json[at] != '"') {
            at += json[at] == '\\' ? 2 : 1;
        }
        return Math.min(at, end);
    }

    /**
     * The characters between a string's quotes.
     *
     * @return in UTF-8; half a surrogate pair becomes three bytes that are none, see {@link Utf8#isWellFormed}
     */
    static byte[] unescape(byte[] json, int from, int to) {
        // An escape is never shorter than the bytes that it stands for.
        byte[] out = new byte[to - from];
        int length = 0;
        int at = from;
        while (at < to) {
            while (to - at >= Long.BYTES && Words.equal(Words.read(json, at), '\\') == 0) {
                Words.write(out, length, Words.read(json, at));
                at += Long.BYTES;
                length += Long.BYTES;
            }
            if (at == to) {
                break;
            }
            byte next = json[at++];
            if (next != '\\') {
                out[length++] = next;
                continue;
            }
            byte escape = json[at++];
            if (escape != 'u') {
                out[length++] = named(escape);
                continue;
            }
            int character = unicode(json, at);
            at += UNICODE_DIGITS;
            if (Character.isHighSurrogate((char) character)
                    && to - at > UNICODE_DIGITS + 1
                    && json[at] == '\\'
                    && json[at + 1] == 'u') {
                int low = unicode(json, at + 2);
                if (Character.isLowSurrogate((char) low)) {
                    character = Character.toCodePoint((char) character, (char) low);
                    at += UNICODE_DIGITS + 2;
                }
            }
            length = Utf8.append(out, length, character);
        }
        return Arrays.copyOf(out, length);
    }

    private static byte named(byte escape) {
        return switch (escape) {
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            default -> escape;
        };
    }

    private static int unicode(byte[] json, int at) {
        int value = 0;
        for (int i = at; i < at + UNICODE_DIGITS; i++) {
            value = value << 4 | Character.digit(json[i], HEX);
        }
        return value;
    }
}
