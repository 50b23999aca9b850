package io.walpost.relay.route;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.BiConsumer;

/** Names and values in order. Built by one thread, then only read. */
public final class RecordHeaders {

    /** All that the wire contract has, so that the arrays rarely grow. */
    private static final int USUAL_COUNT = 16;

    private String[] names = new String[USUAL_COUNT];
    private byte[][] values = new byte[USUAL_COUNT][];
    private int count;
    private int size;

    /** @param value in UTF-8; not copied, and not to be changed afterwards */
    public void add(String name, byte[] value) {
        if (count == names.length) {
            names = Arrays.copyOf(names, 2 * count);
            values = Arrays.copyOf(values, 2 * count);
        }
        names[count] = name;
        values[count] = value;
        count++;
        size += name.length() + value.length;
    }

    /** @param value of ASCII characters only */
    public void add(String name, String value) {
        add(name, value.getBytes(StandardCharsets.ISO_8859_1));
    }

    public void forEach(BiConsumer<String, byte[]> action) {
        for (int i = 0; i < count; i++) {
            action.accept(names[i], values[i]);
        }
    }

    /** About how many bytes they take. */
    int size() {
        return size;
    }
}
