package io.walpost.relay.capture;

import java.util.function.BiConsumer;

/** The headers that an event's further columns become. */
public final class ColumnHeaders {

    /** For an event that has none. */
    public static final ColumnHeaders NONE = new ColumnHeaders(new String[0], new byte[0][]);

    /** Shared by all events. */
    private final String[] names;

    private final byte[][] values;

    /** @param values null where the event has none; as many as there are names */
    ColumnHeaders(String[] names, byte[][] values) {
        this.names = names;
        this.values = values;
    }

    /** Gives the name and the value in UTF-8 of each header that the event has. */
    public void forEach(BiConsumer<String, byte[]> action) {
        for (int i = 0; i < names.length; i++) {
            if (values[i] != null) {
                action.accept(names[i], values[i]);
            }
        }
    }
}
