package io.walpost.relay.replication;

import io.walpost.relay.failure.FailureKind;
import io.walpost.relay.failure.RelayException;
import java.sql.Connection;
import java.sql.SQLException;

/** Asks the server about a slot, over a connection of its own that it keeps. Owned by one thread. */
public final class SlotInspector implements AutoCloseable {

    private final PostgresSettings settings;
    private Connection connection;

    public SlotInspector(PostgresSettings settings) {
        this.settings = settings;
    }

    /** @throws RelayException if the server cannot be asked, or has no such slot; the next call connects anew */
    public SlotStatus inspect() throws RelayException {
        try {
            if (connection == null) {
                connection = PgConnections.forSql(settings);
            }
            return SlotQuery.read(connection, settings.slot())
                    .orElseThrow(() -> new RelayException(
                            FailureKind.PRECONDITION,
                            "The replication slot " + settings.slot() + " does not exist",
                            null,
                            "Is walpost.relay.slot right? The command setup makes the slot; only what is committed from"
                                    + " then on is published."));
        } catch (SQLException e) {
            close();
            throw SqlFailure.of(e, "Inspecting the slot", settings);
        }
    }

    @Override
    public void close() {
        PgReplicationStream.closeQuietly(connection);
        connection = null;
    }
}
