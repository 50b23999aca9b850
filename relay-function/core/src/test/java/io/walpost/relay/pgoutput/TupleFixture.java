package io.walpost.relay.pgoutput;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** Rows for tests that are not about decoding. */
public final class TupleFixture {

    /** Stands for a value that the server left out, and is told from any other by its identity. */
    @SuppressWarnings("StringOperationCanBeSimplified")
    public static final String UNCHANGED = new String("unchanged");

    private TupleFixture() {}

    /** A row of text columns; null for SQL NULL. */
    public static TupleData of(String... values) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeShort(values.length);
            for (String value : values) {
                if (value == UNCHANGED) {
                    out.writeByte('u');
                } else if (value == null) {
                    out.writeByte('n');
                } else {
                    byte[] text = value.getBytes(StandardCharsets.UTF_8);
                    out.writeByte('t');
                    out.writeInt(text.length);
                    out.write(text);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        try {
            return TupleData.read(new FrameReader(bytes.toByteArray(), 0, bytes.size()));
        } catch (PgOutputException e) {
            throw new IllegalStateException(e);
        }
    }
}
