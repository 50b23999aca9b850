package io.walpost.relay.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Messages as PostgreSQL would write them, for cases that no real server can be brought to. */
public final class Wire {

    private static final int OUTBOX = 16_400;
    private static final int TEXT = 25;
    private static final String[] COLUMNS = {"id", "aggregatetype", "aggregateid", "type", "payload"};

    private Wire() {}

    public static byte[] begin(long commitLsn) {
        return message('B', out -> {
            out.writeLong(commitLsn);
            out.writeLong(0);
            out.writeInt(7);
        });
    }

    public static byte[] commit(long commitLsn, long endLsn) {
        return message('C', out -> {
            out.writeByte(0);
            out.writeLong(commitLsn);
            out.writeLong(endLsn);
            out.writeLong(0);
        });
    }

    /** The description of {@code public.outboxevent}. */
    public static byte[] outbox() {
        return message('R', out -> {
            out.writeInt(OUTBOX);
            string(out, "public");
            string(out, "outboxevent");
            out.writeByte('d');
            out.writeShort(COLUMNS.length);
            for (String column : COLUMNS) {
                out.writeByte(0);
                string(out, column);
                out.writeInt(TEXT);
                out.writeInt(-1);
            }
        });
    }

    /** An event of aggregate 42 with this id. */
    public static byte[] event(String id) {
        return message('I', out -> {
            out.writeInt(OUTBOX);
            out.writeByte('N');
            out.writeShort(COLUMNS.length);
            for (String value : new String[] {id, "order", "42", "Placed", "{}"}) {
                out.writeByte('t');
                out.writeInt(value.length());
                out.write(value.getBytes(UTF_8));
            }
        });
    }

    private static void string(DataOutputStream out, String text) throws IOException {
        out.write(text.getBytes(UTF_8));
        out.writeByte(0);
    }

    private static byte[] message(char type, Body body) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeByte(type);
            body.write(out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    @FunctionalInterface
    private interface Body {
        void write(DataOutputStream out) throws IOException;
    }
}
