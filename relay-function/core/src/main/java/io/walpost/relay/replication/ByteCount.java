package io.walpost.relay.replication;

import java.util.Locale;

/** Bytes as people read them, in PostgreSQL's units: 1 kB is 1024 bytes. */
public final class ByteCount {

    private static final String[] UNITS = {"bytes", "kB", "MB", "GB", "TB"};
    private static final double STEP = 1024;
    private static final double WORTH_A_DECIMAL = 10;

    private ByteCount() {}

    /** As in 512 bytes, 1.5 MB, 23 GB. */
    public static String text(long bytes) {
        double value = bytes;
        int unit = 0;
        while (value >= STEP && unit < UNITS.length - 1) {
            value /= STEP;
            unit++;
        }
        String format = unit == 0 || value >= WORTH_A_DECIMAL ? "%.0f %s" : "%.1f %s";
        return String.format(Locale.ROOT, format, value, UNITS[unit]);
    }
}
