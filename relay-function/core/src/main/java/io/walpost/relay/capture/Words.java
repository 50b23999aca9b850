package io.walpost.relay.capture;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Eight bytes at a time. A mark is the highest bit of a byte; of several marks only the first, in the order of the bytes,
 * is certain.
 */
final class Words {

    private static final VarHandle INT64 = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long ONES = 0x0101_0101_0101_0101L;
    private static final long MARKS = 0x8080_8080_8080_8080L;

    private Words() {}

    static long read(byte[] bytes, int at) {
        return (long) INT64.get(bytes, at);
    }

    static void write(byte[] bytes, int at, long word) {
        INT64.set(bytes, at, word);
    }

    /** Marks bytes that are this character. */
    static long equal(long word, char character) {
        return less(word ^ ONES * character, 1);
    }

    /** Marks bytes that are less than this number, itself at most 128. */
    static long less(long word, int number) {
        return word - ONES * number & ~word & MARKS;
    }

    /** Marks bytes beyond ASCII. */
    static long beyondAscii(long word) {
        return word & MARKS;
    }

    /** The place of the first mark, from 0; 8 if there is none. */
    static int first(long marks) {
        return Long.numberOfTrailingZeros(marks) / Byte.SIZE;
    }
}
