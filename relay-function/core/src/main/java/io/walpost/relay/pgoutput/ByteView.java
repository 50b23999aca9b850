package io.walpost.relay.pgoutput;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Bytes within a frame, which is not to be changed.
 *
 * @param offset where they begin in the array
 */
public record ByteView(byte[] array, int offset, int length) {

    /** The index of the first byte after them. */
    public int end() {
        return offset + length;
    }

    /** The bytes in an array of their own. */
    public byte[] copy() {
        return Arrays.copyOfRange(array, offset, end());
    }

    public boolean contentEquals(byte[] other) {
        return Arrays.equals(array, offset, end(), other, 0, other.length);
    }

    /** The bytes as UTF-8. */
    public String text() {
        return new String(array, offset, length, StandardCharsets.UTF_8);
    }

    /** Says how many there are, and not which. */
    @Override
    public String toString() {
        return length + " bytes";
    }
}
