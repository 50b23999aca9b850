package io.walpost.relay.replication;

import io.walpost.outbox.OutboxColumns;
import io.walpost.relay.failure.FailureKind;
import io.walpost.relay.failure.RelayException;
import io.walpost.relay.pgoutput.PgOutputMessage.Relation;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * An outbox table as it is to be read.
 *
 * @param relation its columns, as the stream would describe them
 * @param idIsIndexed whether a row is found by its id without reading the table
 */
record StoredTable(TableName name, Relation relation, boolean idIsIndexed) {

    private static final int BYTEA = 17;
    private static final int TEXT = 25;
    private static final int VARCHAR = 1043;
    private static final int TIMESTAMP = 1114;
    private static final int TIMESTAMPTZ = 1184;
    private static final int UUID = 2950;

    /** How much larger than stored a value may be that is stored compressed or in a form of its own. */
    private static final int EXPANSION = 4;

    /** The stream leaves generated columns out, too. */
    private static final String QUERY = """
            SELECT c.oid::bigint, has_schema_privilege(n.oid, 'USAGE'), has_table_privilege(c.oid, 'SELECT'),
                   a.attname, a.atttypid::bigint, a.atttypmod,
                   EXISTS (SELECT FROM pg_index i
                            WHERE i.indrelid = c.oid AND i.indkey[0] = a.attnum AND i.indisvalid AND i.indpred IS NULL)
              FROM pg_class c
              JOIN pg_namespace n ON n.oid = c.relnamespace
              JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = ''
             WHERE n.nspname = ? AND c.relname = ? AND c.relkind IN ('r', 'p')
             ORDER BY a.attnum
            """;

    /** @throws RelayException of kind {@link FailureKind#PRECONDITION} if it cannot be read, with what mends that */
    static StoredTable find(Connection connection, TableName name, String role) throws SQLException, RelayException {
        try (PreparedStatement statement = connection.prepareStatement(QUERY)) {
            statement.setString(1, name.schema());
            statement.setString(2, name.name());
            try (ResultSet row = statement.executeQuery()) {
                return read(row, name, role);
            }
        }
    }

    private static StoredTable read(ResultSet row, TableName name, String role) throws SQLException, RelayException {
        List<Relation.Column> columns = new ArrayList<>();
        int oid = 0;
        boolean idIsIndexed = false;
        while (row.next()) {
            requirePrivileges(row.getBoolean(2), row.getBoolean(3), name, role);
            oid = (int) row.getLong(1);
            columns.add(new Relation.Column(false, row.getString(4), (int) row.getLong(5), row.getInt(6)));
            idIsIndexed |= row.getString(4).equals(OutboxColumns.ID) && row.getBoolean(7);
        }
        StoredTable table =
                new StoredTable(name, new Relation(oid, name.schema(), name.name(), 'd', columns), idIsIndexed);
        if (table.typeOf(OutboxColumns.ID) != UUID) {
            throw new RelayException(
                    FailureKind.PRECONDITION,
                    columns.isEmpty()
                            ? "The outbox table " + name + " does not exist"
                            : "The outbox table " + name + " has no column 'id' of the type uuid");
        }
        return table;
    }

    private static void requirePrivileges(boolean usage, boolean select, TableName name, String role)
            throws RelayException {
        if (!usage || !select) {
            String grantee = Sql.identifier(role);
            throw new RelayException(
                    FailureKind.PRECONDITION,
                    "The role " + role + " may not read the outbox table " + name + ", which the stream does not need"
                            + " but a backfill does. Grant it, as the table's owner:\n"
                            + (usage
                                    ? ""
                                    : "    GRANT USAGE ON SCHEMA " + Sql.identifier(name.schema()) + " TO " + grantee
                                            + ";\n")
                            + "    GRANT SELECT ON " + name.quoted() + " TO " + grantee + ";");
        }
    }

    private int typeOf(String column) {
        return relation.columns().stream()
                .filter(candidate -> candidate.name().equals(column))
                .mapToInt(Relation.Column::typeOid)
                .findFirst()
                .orElse(0);
    }

    /** Which of the columns is the id. */
    int idColumn() {
        return relation.columns().stream().map(Relation.Column::name).toList().indexOf(OutboxColumns.ID);
    }

    /** Whether it says of each row when it happened. A time without zone is taken for UTC. */
    boolean hasTime() {
        int type = typeOf(OutboxColumns.TIMESTAMP);
        return type == TIMESTAMPTZ || type == TIMESTAMP;
    }

    /** About the size of a payload, without reading it: its length is known where it is stored. */
    String sizeExpression() {
        return switch (typeOf(OutboxColumns.PAYLOAD)) {
            case TEXT, VARCHAR, BYTEA -> "octet_length(payload)";
            default -> "pg_column_size(payload) * " + EXPANSION + "::bigint";
        };
    }

    /** All columns, such that the server sends each as its type's output function writes it. */
    String selectList() {
        // The driver hands text over as it came, but would decode a bytea.
        return relation.columns().stream()
                .map(column -> Sql.identifier(column.name()) + (column.typeOid() == BYTEA ? "::text" : ""))
                .collect(Collectors.joining(", "));
    }
}
