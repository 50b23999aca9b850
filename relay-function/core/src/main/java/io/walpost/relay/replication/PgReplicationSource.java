package io.walpost.relay.replication;

import io.walpost.outbox.Lsn;
import io.walpost.relay.checkpoint.ResumePoint;
import io.walpost.relay.failure.FailureKind;
import io.walpost.relay.failure.RelayException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyDual;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Opens a slot of a real PostgreSQL. Checks the database first, so that what is wrong is said before it hurts. */
public final class PgReplicationSource implements ReplicationSource {

    private static final Logger LOG = LoggerFactory.getLogger(PgReplicationSource.class);

    /** The first, which every server has: later ones add what an outbox does not need. */
    private static final int PROTOCOL_VERSION = 1;

    /** How often to ask for a slot that is held: what it takes on average is half of that. */
    private static final long SLOT_POLL = TimeUnit.MILLISECONDS.toNanos(20);

    private final PostgresSettings settings;
    private final int protocolVersion;
    private final DatabaseCheck check;
    private final SlotMemory memory;
    private final BooleanSupplier standsBy;

    /** A source that does not wait for a slot that another reader holds. */
    public PgReplicationSource(PostgresSettings settings) {
        this(settings, PROTOCOL_VERSION, () -> false);
    }

    /** @param standsBy whether to go on waiting, connected, for a slot that another reader holds */
    public PgReplicationSource(PostgresSettings settings, BooleanSupplier standsBy) {
        this(settings, PROTOCOL_VERSION, standsBy);
    }

    /** @param protocolVersion of pgoutput */
    PgReplicationSource(PostgresSettings settings, int protocolVersion) {
        this(settings, protocolVersion, () -> false);
    }

    private PgReplicationSource(PostgresSettings settings, int protocolVersion, BooleanSupplier standsBy) {
        this.settings = settings;
        this.protocolVersion = protocolVersion;
        this.standsBy = standsBy;
        this.check = new DatabaseCheck(settings);
        this.memory = new SlotMemory(settings.slot(), Clock.systemUTC());
    }

    @Override
    public OpenStream open(ResumePoint resume) throws RelayException {
        memory.reached(resume);
        check.require(memory);
        Connection connection = null;
        String doing = "Opening the replication stream";
        try {
            connection = PgConnections.forReplication(settings);
            awaitSlot(connection);
            ServerIdentity server = ServerIdentity.of(connection);
            Lsn confirmed = confirmed(connection);
            requireContinuity(server, confirmed);
            ResumePoint from = startingPoint(resume, server, confirmed);
            doing += " at " + new Lsn(from.flushed());
            CopyDual copy = start(connection, from.flushed());
            memory.opened(server.history(), from.flushed());
            return new OpenStream(
                    new PgReplicationStream(connection, copy, settings, memory),
                    from,
                    server.walEnd().value());
        } catch (SQLException e) {
            PgReplicationStream.closeQuietly(connection);
            RelayException failure = SqlFailure.of(e, doing, settings);
            if (failure.kind() == FailureKind.SLOT_BUSY) {
                memory.busy();
            }
            throw failure;
        } catch (RelayException e) {
            PgReplicationStream.closeQuietly(connection);
            throw e;
        }
    }

    /** A slot that was dropped and made anew begins later: what lies between would be missing, and nobody told. */
    private void requireContinuity(ServerIdentity server, Lsn confirmed) throws RelayException {
        if (memory.isForeign(server.history())) {
            LOG.warn(
                    "Slot {}: this is another database cluster than before, whose positions mean nothing here. Starting"
                            + " from the slot, at {}; what is missing before it cannot be told.",
                    settings.slot(),
                    confirmed);
        }
        Optional<LogGap> gap = memory.ifMoved(server.history(), confirmed);
        if (gap.isPresent()) {
            throw gap.get().failure();
        }
    }

    /** The later of what is remembered and what the slot has, as the server itself would choose. */
    private ResumePoint startingPoint(ResumePoint resume, ServerIdentity server, Lsn confirmed) {
        ResumePoint remembered = resume.in(server.history());
        if (!server.history().reaches(remembered.flushed())
                || !server.history().reaches(remembered.published().commitLsn())) {
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

    /**
     * Asks, as long as that is wanted, until nobody reads the slot: on the connection that will read it, and by a query, as
     * each attempt to take a slot that is held would be an error in the server's log.
     */
    private void awaitSlot(Connection connection) throws SQLException, RelayException {
        boolean held = false;
        while (standsBy.getAsBoolean() && isHeld(connection)) {
            if (!held) {
                LOG.info("Another relay reads the slot {}; waiting for it", settings.slot());
                memory.busy();
            }
            held = true;
            LockSupport.parkNanos(SLOT_POLL);
        }
        if (held && isHeld(connection)) {
            throw new RelayException(FailureKind.SLOT_BUSY, "Another relay reads the slot " + settings.slot());
        }
    }

    private boolean isHeld(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(
                        "SELECT active FROM pg_replication_slots WHERE slot_name = " + Sql.literal(settings.slot()))) {
            return row.next() && "t".equals(row.getString(1));
        }
    }

    /** Up to where the slot is confirmed. Notes whether somebody reads it, who may have moved it. */
    private Lsn confirmed(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT confirmed_flush_lsn, active FROM pg_replication_slots "
                        + "WHERE slot_name = " + Sql.literal(settings.slot()))) {
            if (!row.next() || row.getString(1) == null) {
                return Lsn.ZERO;
            }
            if ("t".equals(row.getString(2))) {
                memory.busy();
            }
            return Lsn.parse(row.getString(1));
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
                + " (proto_version '" + protocolVersion + "', publication_names "
                + Sql.literal(Sql.quoted(settings.publication()))
                + (settings.messagePrefix().isPresent() ? ", messages 'true'" : "") + ")";
    }
}
