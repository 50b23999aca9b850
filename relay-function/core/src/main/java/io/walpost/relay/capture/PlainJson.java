package io.walpost.relay.capture;

import io.walpost.relay.pgoutput.ByteView;
import java.util.Arrays;

/**
 * Finds the fields of an object as our writers put it: no space, known names, strings and null. It says no to everything
 * else, which {@link AnyJson} then looks into; so it need not know what is wrong, and takes a tenth of the time.
 */
final class PlainJson {

    private static final byte[] NULL = {'n', 'u', 'l', 'l'};
    private static final int SHORT_ESCAPE_LENGTH = 2;
    private static final int UNICODE_ESCAPE_LENGTH = 6;

    private PlainJson() {}

    /**
     * @param quotedNames the names with their quotes, by their numbers
     * @return whether the content is such an object, and all its fields are found; otherwise some may have been
     */
    static boolean scan(ByteView content, byte[][] quotedNames, MessageFields fields) {
        byte[] json = content.array();
        int end = content.end();
        int at = content.offset();
        int number = -1;
        if (at == end || json[at] != '{') {
            return false;
        }
        do {
            at++;
            number = find(json, at, end, quotedNames, number + 1);
            if (number < 0 || !fields.isAbsent(number)) {
                return false;
            }
            at += quotedNames[number].length;
            if (at + 1 >= end || json[at] != ':') {
                return false;
            }
            at = value(json, at + 1, end, number, fields);
            if (at < 0 || at == end) {
                return false;
            }
        } while (json[at] == ',');
        return json[at] == '}' && at + 1 == end;
    }

    /** The number of the name that is here, most likely the expected one; -1 if it is none of them. */
    private static int find(byte[] json, int at, int end, byte[][] quotedNames, int expected) {
        for (int i = 0; i < quotedNames.length; i++) {
            int number = (expected + i) % quotedNames.length;
            if (startsWith(json, at, end, quotedNames[number])) {
                return number;
            }
        }
        return -1;
    }

    private static boolean startsWith(byte[] json, int at, int end, byte[] word) {
        return end - at >= word.length && Arrays.equals(json, at, at + word.length, word, 0, word.length);
    }

    /** Where the value ends; -1 if it is of another kind. */
    private static int value(byte[] json, int at, int end, int number, MessageFields fields) {
        if (json[at] == '"') {
            return string(json, at + 1, end, number, fields);
        }
        if (startsWith(json, at, end, NULL)) {
            fields.putNull(number);
            return at + NULL.length;
        }
        return -1;
    }

    private static int string(byte[] json, int start, int end, int number, MessageFields fields) {
        boolean escaped = false;
        boolean unicode = false;
        int all = 0;
        int at = start;
        while (true) {
            at = skipOrdinary(json, at, end);
            if (at == end) {
                return -1;
            }
            byte next = json[at];
            if (next == '"') {
                fields.putString(number, start, at, escaped, all >= 0 && !unicode);
                return at + 1;
            }
            if (next == '\\') {
                int length = escapeLength(json, at, end);
                if (length == 0) {
                    return -1;
                }
                escaped = true;
                unicode |= length == UNICODE_ESCAPE_LENGTH;
                at += length;
            } else if (next >= 0 && next < ' ') {
                return -1;
            } else {
                all |= next;
                at++;
            }
        }
    }

    /** Passes over ASCII that neither ends a string nor escapes nor is forbidden in one; not always over all of it. */
    private static int skipOrdinary(byte[] json, int from, int end) {
        int at = from;
        while (end - at >= Long.BYTES) {
            long word = Words.read(json, at);
            long marks =
                    Words.equal(word, '"') | Words.equal(word, '\\') | Words.less(word, ' ') | Words.beyondAscii(word);
            if (marks != 0) {
                return at + Words.first(marks);
            }
            at += Long.BYTES;
        }
        return at;
    }

    /** 0 for what is no escape. */
    private static int escapeLength(byte[] json, int at, int end) {
        if (end - at < SHORT_ESCAPE_LENGTH) {
            return 0;
        }
        return switch (json[at + 1]) {
            case '"', '\\', '/', 'b', 'f', 'n', 'r', 't' -> SHORT_ESCAPE_LENGTH;
            case 'u' -> isUnicode(json, at, end) ? UNICODE_ESCAPE_LENGTH : 0;
            default -> 0;
        };
    }

    private static boolean isUnicode(byte[] json, int at, int end) {
        if (end - at < UNICODE_ESCAPE_LENGTH) {
            return false;
        }
        for (int i = at + SHORT_ESCAPE_LENGTH; i < at + UNICODE_ESCAPE_LENGTH; i++) {
            if (Character.digit(json[i], 16) < 0) {
                return false;
            }
        }
        return true;
    }
}
