package io.walpost.relay.replication;

import java.util.regex.Pattern;

/** Quotes names for SQL that is shown or sent. */
final class Sql {

    private static final Pattern PLAIN = Pattern.compile("[a-z_][a-z0-9_]*");

    private Sql() {}

    /** An identifier, quoted only where it must be. */
    static String identifier(String name) {
        return PLAIN.matcher(name).matches() ? name : quoted(name);
    }

    /** An identifier in quotes. */
    static String quoted(String name) {
        return "\"" + name.replace("\"", "\"\"") + "\"";
    }

    static String literal(String text) {
        return "'" + text.replace("'", "''") + "'";
    }
}
