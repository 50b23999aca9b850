package io.walpost.bench.jmh;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/** One event of 512 bytes, as columns and as the message that PostgreSQL sends of its row. */
final class SampleEvent {

    static final int RELATION = 16_384;
    private static final int PAYLOAD_BYTES = 512;

    private SampleEvent() {}

    /** In the order of the outbox table; null for SQL NULL. */
    static List<byte[]> columns() {
        return Arrays.asList(
                bytes("6f1d3f0e-6a58-4c53-9d1a-3a2f6d7c8b90"),
                bytes("order"),
                bytes("4711"),
                bytes("Placed"),
                bytes("2026-11-20 07:00:00.123456+00"),
                payload(),
                null);
    }

    private static byte[] payload() {
        byte[] payload = new byte[PAYLOAD_BYTES];
        Arrays.fill(payload, (byte) 'x');
        return payload;
    }

    /** See "Logical Replication Message Formats" in the PostgreSQL manual: Insert, with the columns as text. */
    static byte[] insert() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            List<byte[]> columns = columns();
            out.writeByte('I');
            out.writeInt(RELATION);
            out.writeByte('N');
            out.writeShort(columns.size());
            for (byte[] column : columns) {
                if (column == null) {
                    out.writeByte('n');
                } else {
                    out.writeByte('t');
                    out.writeInt(column.length);
                    out.write(column);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
