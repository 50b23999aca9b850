package io.walpost.relay.replication;

/** A table, with the names as the catalog has them: unquoted, case kept. */
public record TableName(String schema, String name) {

    /**
     * Reads {@code schema.table}.
     *
     * @throws IllegalArgumentException if there is not exactly one dot with a name on either side
     */
    public static TableName parse(String text) {
        String[] parts = text.trim().split("\\.", -1);
        if (parts.length != 2 || parts[0].isBlank() || parts[1].isBlank()) {
            throw new IllegalArgumentException("'" + text + "' does not name a table as schema.table");
        }
        return new TableName(parts[0].trim(), parts[1].trim());
    }

    /** As SQL takes it. */
    public String quoted() {
        return Sql.identifier(schema) + "." + Sql.identifier(name);
    }

    @Override
    public String toString() {
        return schema + "." + name;
    }
}
