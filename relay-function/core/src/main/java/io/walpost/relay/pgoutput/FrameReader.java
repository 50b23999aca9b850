package io.walpost.relay.pgoutput;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Reads one message's fields in turn, in network byte order, and never past its end. */
final class FrameReader {

    private static final VarHandle INT64 = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle INT32 = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle INT16 = MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.BIG_ENDIAN);

    private final byte[] frame;
    private final int start;
    private final int end;
    private int position;

    FrameReader(byte[] frame, int offset, int length) {
        this.frame = frame;
        this.start = offset;
        this.end = offset + length;
        this.position = offset;
    }

    byte[] frame() {
        return frame;
    }

    byte int8(String field) throws PgOutputException {
        require(Byte.BYTES, field);
        return frame[position++];
    }

    int uint16(String field) throws PgOutputException {
        require(Short.BYTES, field);
        int value = Short.toUnsignedInt((short) INT16.get(frame, position));
        position += Short.BYTES;
        return value;
    }

    int int32(String field) throws PgOutputException {
        require(Integer.BYTES, field);
        int value = (int) INT32.get(frame, position);
        position += Integer.BYTES;
        return value;
    }

    long int64(String field) throws PgOutputException {
        require(Long.BYTES, field);
        long value = (long) INT64.get(frame, position);
        position += Long.BYTES;
        return value;
    }

    /** An Int32 that says how many bytes follow. */
    int length(String field) throws PgOutputException {
        int length = int32(field);
        if (length < 0) {
            throw malformed(field + " is negative");
        }
        return length;
    }

    /** A String: UTF-8 up to a zero byte. */
    String string(String field) throws PgOutputException {
        return stringView(field).text();
    }

    /** A String as its bytes, without the zero byte. */
    ByteView stringView(String field) throws PgOutputException {
        for (int i = position; i < end; i++) {
            if (frame[i] == 0) {
                ByteView value = new ByteView(frame, position, i - position);
                position = i + 1;
                return value;
            }
        }
        throw endsEarly(field);
    }

    ByteView view(int length, String field) throws PgOutputException {
        return new ByteView(frame, skip(length, field), length);
    }

    /** Passes over bytes and says where in the frame they begin. */
    int skip(int length, String field) throws PgOutputException {
        require(length, field);
        int from = position;
        position += length;
        return from;
    }

    void require(int bytes, String field) throws PgOutputException {
        if (bytes > end - position) {
            throw endsEarly(field);
        }
    }

    void expectEnd() throws PgOutputException {
        if (position != end) {
            throw malformed((end - position) + " bytes are left over");
        }
    }

    PgOutputException malformed(String what) {
        String type = end > start ? "'" + printable(frame[start]) + "'" : "of no type";
        return new PgOutputException("Malformed logical replication message " + type + ", byte " + (position - start)
                + " of " + (end - start) + ": " + what);
    }

    private PgOutputException endsEarly(String field) {
        return malformed("ends before " + field);
    }

    private static String printable(byte b) {
        return b > ' ' && b < 127 ? String.valueOf((char) b) : "0x%02x".formatted(b);
    }
}
