package io.walpost.relay.capture;

import java.util.Arrays;

/** Strings of JSON that has been found to be well-formed, as bytes. */
final class JsonText {

    private static final int SHORT_ESCAPE_LENGTH = 2;
    private static final int UNICODE_ESCAPE_LENGTH = 6;
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
            if (to - at >= Long.BYTES && Words.equal(Words.read(json, at), '\\') == 0) {
                Words.write(out, length, Words.read(json, at));
                at += Long.BYTES;
                length += Long.BYTES;
            } else if (json[at] != '\\') {
                out[length++] = json[at++];
            } else if (json[at + 1] != 'u') {
                out[length++] = named(json[at + 1]);
                at += SHORT_ESCAPE_LENGTH;
            } else {
                int character = character(json, at, to);
                length = Utf8.append(out, length, character);
                at += Character.charCount(character) * UNICODE_ESCAPE_LENGTH;
            }
        }
        return Arrays.copyOf(out, length);
    }

    /** The character that is escaped here, by two escapes if it is beyond U+FFFF. */
    private static int character(byte[] json, int at, int to) {
        char high = unicode(json, at);
        int next = at + UNICODE_ESCAPE_LENGTH;
        if (Character.isHighSurrogate(high)
                && to - next >= UNICODE_ESCAPE_LENGTH
                && json[next] == '\\'
                && json[next + 1] == 'u') {
            char low = unicode(json, next);
            if (Character.isLowSurrogate(low)) {
                return Character.toCodePoint(high, low);
            }
        }
        return high;
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

    private static char unicode(byte[] json, int at) {
        int value = 0;
        for (int i = at + SHORT_ESCAPE_LENGTH; i < at + UNICODE_ESCAPE_LENGTH; i++) {
            value = value << 4 | Character.digit(json[i], HEX);
        }
        return (char) value;
    }
}
