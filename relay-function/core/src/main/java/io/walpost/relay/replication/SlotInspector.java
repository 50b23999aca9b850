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

    /**
     * Whether there is certainly nothing to publish between what is confirmed and the end of the log. False may also mean
     * that it would take too long to know. Takes nothing from the slot, and does not move it.
     *
     * @param status as {@link #inspect} has just found it
     * @throws RelayException of kind {@link FailureKind#SLOT_BUSY} if a relay has begun to read the slot
     */
    public boolean isEmpty(SlotStatus status) throws RelayException {
        try {
            return connection != null && SlotPeek.isEmpty(connection, settings, status);
        } catch (SQLException e) {
            throw SqlFailure.of(e, "Looking into the log", settings);
        }
    }

    @Override
    public void close() {
        PgReplicationStream.closeQuietly(connection);
        connection = null;
    }
}
