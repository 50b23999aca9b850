package io.walpost.relay.capture;

import io.walpost.relay.failure.RelayException;
import io.walpost.relay.pgoutput.PgOutputMessage.Relation;
import io.walpost.relay.pgoutput.TupleData;
import java.util.List;

/** Makes outbox rows of what was read from a table, as the framer does of what the log has. */
public final class StoredRows {

    private final OutboxTable table;

    /**
     * @param relation the table as the stream would describe it
     * @param headers the columns that become headers
     * @throws RelayException if it lacks a column
     */
    public StoredRows(Relation relation, List<HeaderColumn> headers) throws RelayException {
        this.table = new OutboxTable(relation, headers);
    }

    /** @param values in the order of the relation's columns, as text in the formats of the stream's session */
    public OutboxRow row(TupleData values) throws RelayException {
        return table.row(values);
    }
}
