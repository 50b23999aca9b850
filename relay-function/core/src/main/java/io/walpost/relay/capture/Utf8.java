package io.walpost.relay.capture;

/** UTF-8 without characters (RFC 3629). */
final class Utf8 {

    private Utf8() {}

    /** Whether the bytes are UTF-8: no overlong form, no surrogate, nothing beyond U+10FFFF. */
    static boolean isWellFormed(byte[] bytes) {
        int at = 0;
        while (at < bytes.length) {
            if (at + Long.BYTES <= bytes.length && Words.beyondAscii(Words.read(bytes, at)) == 0) {
                at += Long.BYTES;
            } else if (bytes[at] >= 0) {
                at++;
            } else {
                int length = sequenceLength(bytes, at);
                if (length == 0) {
                    return false;
                }
                at += length;
            }
        }
        return true;
    }

    /** How many bytes the character takes that begins here with a byte beyond ASCII; 0 if that is none. */
    private static int sequenceLength(byte[] bytes, int at) {
        int lead = bytes[at] & 0xFF;
        if (lead >= 0xC2 && lead <= 0xDF) {
            return isWithin(bytes, at + 1, 0x80, 0xBF) ? 2 : 0;
        }
        if (lead >= 0xE0 && lead <= 0xEF) {
            int least = lead == 0xE0 ? 0xA0 : 0x80;
            int most = lead == 0xED ? 0x9F : 0xBF;
            return isWithin(bytes, at + 1, least, most) && isWithin(bytes, at + 2, 0x80, 0xBF) ? 3 : 0;
        }
        if (lead >= 0xF0 && lead <= 0xF4) {
            int least = lead == 0xF0 ? 0x90 : 0x80;
            int most = lead == 0xF4 ? 0x8F : 0xBF;
            return isWithin(bytes, at + 1, least, most)
                            && isWithin(bytes, at + 2, 0x80, 0xBF)
                            && isWithin(bytes, at + 3, 0x80, 0xBF)
                    ? 4
                    : 0;
        }
        return 0;
    }

    private static boolean isWithin(byte[] bytes, int at, int least, int most) {
        return at < bytes.length && (bytes[at] & 0xFF) >= least && (bytes[at] & 0xFF) <= most;
    }

    /**
     * Writes one character; a surrogate on its own too, in a form that is not well-formed.
     *
     * @return where the next one goes
     */
    static int append(byte[] out, int at, int codePoint) {
        int next = at;
        if (codePoint < 0x80) {
            out[next++] = (byte) codePoint;
        } else if (codePoint < 0x800) {
            out[next++] = (byte) (0xC0 | codePoint >> 6);
            out[next++] = continuation(codePoint);
        } else if (codePoint < 0x1_0000) {
            out[next++] = (byte) (0xE0 | codePoint >> 12);
            out[next++] = continuation(codePoint >> 6);
            out[next++] = continuation(codePoint);
        } else {
            out[next++] = (byte) (0xF0 | codePoint >> 18);
            out[next++] = continuation(codePoint >> 12);
            out[next++] = continuation(codePoint >> 6);
            out[next++] = continuation(codePoint);
        }
        return next;
    }

    private static byte continuation(int bits) {
        return (byte) (0x80 | bits & 0x3F);
    }

    /** How many characters well-formed bytes have. */
    static int length(byte[] bytes) {
        int count = 0;
        for (byte b : bytes) {
            if ((b & 0xC0) != 0x80) {
                count++;
            }
        }
        return count;
    }
}
