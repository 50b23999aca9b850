package io.walpost.relay.pgoutput;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.List;

/**
 * The columns of one row, in the order of their {@link PgOutputMessage.Relation}. A view into the frame that it came
 * in: a column's bytes are copied only when they are asked for.
 */
public final class TupleData {

    private static final int NULL = -1;
    private static final int UNCHANGED = -2;

    private final byte[] frame;
    private final int[] starts;
    private final int[] lengths;

    private TupleData(byte[] frame, int[] starts, int[] lengths) {
        this.frame = frame;
        this.starts = starts;
        this.lengths = lengths;
    }

    /** Reads a TupleData part and leaves the reader behind it. */
    static TupleData read(FrameReader reader) throws PgOutputException {
        int columns = reader.uint16("number of columns");
        // A column takes at least its kind byte, so a count that lies cannot make us allocate what was not sent.
        reader.require(columns, "columns");
        int[] starts = new int[columns];
        int[] lengths = new int[columns];
        for (int i = 0; i < columns; i++) {
            byte kind = reader.int8("column kind");
            switch (kind) {
                case 'n' -> lengths[i] = NULL;
                case 'u' -> lengths[i] = UNCHANGED;
                case 't' -> {
                    int length = reader.length("column length");
                    starts[i] = reader.skip(length, "column value");
                    lengths[i] = length;
                }
                case 'b' ->
                    throw reader.malformed("a column is in binary format, which was not asked for from the server");
                default -> throw reader.malformed("unknown column kind " + kind);
            }
        }
        return new TupleData(reader.frame(), starts, lengths);
    }

    /** A row that was not read from a frame: each column's text in UTF-8, null for SQL NULL. The values are copied. */
    public static TupleData of(List<byte[]> columns) {
        int[] starts = new int[columns.size()];
        int[] lengths = new int[columns.size()];
        ByteArrayOutputStream frame = new ByteArrayOutputStream();
        for (int i = 0; i < starts.length; i++) {
            byte[] column = columns.get(i);
            starts[i] = frame.size();
            lengths[i] = column == null ? NULL : column.length;
            frame.writeBytes(column == null ? new byte[0] : column);
        }
        return new TupleData(frame.toByteArray(), starts, lengths);
    }

    /** How many columns there are. */
    public int size() {
        return lengths.length;
    }

    /** Whether the column is SQL NULL. */
    public boolean isNull(int column) {
        return lengths[column] == NULL;
    }

    /** Whether the server left the value out because an update did not touch it (an unchanged TOASTed value). */
    public boolean isUnchanged(int column) {
        return lengths[column] == UNCHANGED;
    }

    /** A copy of the column's text in UTF-8; null if {@link #isNull} or {@link #isUnchanged}. */
    public byte[] bytes(int column) {
        return lengths[column] < 0 ? null : Arrays.copyOfRange(frame, starts[column], starts[column] + lengths[column]);
    }

    /** The column's text in UTF-8, not copied; null if {@link #isNull} or {@link #isUnchanged}. */
    public ByteView view(int column) {
        return lengths[column] < 0 ? null : new ByteView(frame, starts[column], lengths[column]);
    }
}
