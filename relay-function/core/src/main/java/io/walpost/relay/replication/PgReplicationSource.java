package io.walpost.relay.replication;

import io.walpost.outbox.Lsn;
import io.walpost.relay.checkpoint.ResumePoint;
import io.walpost.relay.checkpoint.WalHistory;
import io.walpost.relay.failure.RelayException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyDual;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Opens a slot of a real PostgreSQL. Checks the database first, so that what is wrong is said before it hurts. */
public final class PgReplicationSource implements ReplicationSource {

    private static final Logger LOG = LoggerFactory.getLogger(PgReplicationSource.class);

    private final PostgresSettings settings;
    private final DatabaseCheck check;

    public PgReplicationSource(PostgresSettings settings) {
        this.settings = settings;
        this.check = new DatabaseCheck(settings);
    }

    @Override
    public OpenStream open(ResumePoint resume) throws RelayException {
        check.require(resume);
        Connection connection = null;
        try {
            connection = PgConnections.forReplication(settings);
            Identity server = identify(connection);
            ResumePoint from = startingPoint(resume, server, confirmed(connection));
            CopyDual copy = start(connection, from.flushed());
            return new OpenStream(
                    new PgReplicationStream(connection, copy, settings),
                    from,
                    server.walEnd().value());
        } catch (SQLException e) {
            PgReplicationStream.closeQuietly(connection);
            throw SqlFailure.of(e, "Opening the replication stream", settings);
        }
    }

    /** The later of what is remembered and what the slot has, as the server itself would choose. */
    private ResumePoint startingPoint(ResumePoint resume, Identity server, Lsn confirmed) {
        ResumePoint remembered = resume.in(server.history());
        if (new Lsn(remembered.flushed()).isAfter(server.walEnd())
                || new Lsn(remembered.published().commitLsn()).isAfter(server.walEnd())) {
            // The log has not reached what it once had: a past that was undone, as by restoring a snapshot.
            LOG.warn(
                    "Slot {}: {} was published, but the log ends at {}. Was a backup restored? Starting from the slot.",
                    settings.slot(),
                    new Lsn(remembered.published().commitLsn()),
                    server.walEnd());
            remembered = ResumePoint.none();
        }
        Lsn start = new Lsn(remembered.flushed()).isAfter(confirmed) ? new Lsn(remembered.flushed()) : confirmed;
        return new ResumePoint(server.history(), start.value(), remembered.published());
    }

    private Lsn confirmed(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT confirmed_flush_lsn FROM pg_replication_slots "
                        + "WHERE slot_name = " + Sql.literal(settings.slot()))) {
            return row.next() && row.getString(1) != null ? Lsn.parse(row.getString(1)) : Lsn.ZERO;
        }
    }

    private static Identity identify(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("IDENTIFY_SYSTEM")) {
            row.next();
            return new Identity(
                    new WalHistory(row.getString("systemid"), row.getInt("timeline")),
                    Lsn.parse(row.getString("xlogpos")));
        }
    }

    private CopyDual start(Connection connection, long startLsn) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            // What decides a value's text, whatever the role's own settings are: ISO 8601 in UTC, bytes as hex.
            statement.execute("SET datestyle = 'ISO'");
            statement.execute("SET timezone = 'UTC'");
            statement.execute("SET bytea_output = 'hex'");
        }
        return connection.unwrap(PGConnection.class).getCopyAPI().copyDual(startCommand(startLsn));
    }

    /** See "START_REPLICATION … LOGICAL" and "Logical Streaming Replication Parameters" in the PostgreSQL manual. */
    private String startCommand(long startLsn) {
        return "START_REPLICATION SLOT " + Sql.identifier(settings.slot()) + " LOGICAL " + new Lsn(startLsn)
                + " (proto_version '1', publication_names "
                + Sql.literal("\"" + settings.publication().replace("\"", "\"\"") + "\"")
                + (settings.messagePrefix().isPresent() ? ", messages 'true'" : "") + ")";
    }

    /** @param walEnd how far the server's log is flushed */
    private record Identity(WalHistory history, Lsn walEnd) {}
}
