package io.walpost.relay.replication;

import io.walpost.outbox.Lsn;
import io.walpost.relay.failure.FailureKind;
import io.walpost.relay.failure.RelayException;
import io.walpost.relay.pgoutput.PgOutputDecoder;
import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.postgresql.copy.CopyDual;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Frames and status messages over a connection in COPY BOTH mode. */
final class PgReplicationStream implements ReplicationStream {

    private static final Logger LOG = LoggerFactory.getLogger(PgReplicationStream.class);

    private static final int XLOG_DATA_HEADER = 1 + 3 * Long.BYTES;
    private static final int KEEPALIVE_LENGTH = 1 + 2 * Long.BYTES + 1;
    private static final int STATUS_LENGTH = 1 + 4 * Long.BYTES + 1;

    /** A pause between two polls after which the server's silence is counted anew: nobody was listening. */
    private static final long LISTENING_GAP = TimeUnit.SECONDS.toNanos(1);

    private static final long SHORTEST_WAIT = TimeUnit.MICROSECONDS.toNanos(300);

    /** In a field, because pgjdbc closes a connection that nobody holds when the collector finds it. */
    private final Connection connection;

    private final CopyDual copy;
    private final PostgresSettings settings;
    private final SlotMemory memory;
    private final long silenceLimit;
    private final byte[] status = new byte[STATUS_LENGTH];

    private long received;
    private long lastPoll = System.nanoTime();
    private long lastHeard = lastPoll;

    PgReplicationStream(Connection connection, CopyDual copy, PostgresSettings settings, SlotMemory memory) {
        this.connection = connection;
        this.copy = copy;
        this.settings = settings;
        this.memory = memory;
        this.silenceLimit = settings.timeout().toNanos();
    }

    @Override
    public WalFrame poll() throws RelayException {
        byte[] bytes;
        try {
            bytes = copy.readFromCopy(false);
        } catch (SQLException e) {
            throw SqlFailure.whileReading(e, settings);
        }
        long now = System.nanoTime();
        if (bytes == null) {
            noteSilence(now);
            if (now - lastPoll < SHORTEST_WAIT) {
                // pgjdbc waits a millisecond for data, but not at the end of a stream that the peer has closed, which
                // it does not report either: the next status message will.
                LockSupport.parkNanos(SHORTEST_WAIT);
            }
            lastPoll = now;
            return null;
        }
        lastPoll = now;
        lastHeard = now;
        return parse(bytes);
    }

    private void noteSilence(long now) throws RelayException {
        if (!copy.isActive()) {
            throw new RelayException(
                    FailureKind.DATABASE_UNAVAILABLE, "The server ended the stream of slot " + settings.slot());
        }
        if (now - lastPoll > LISTENING_GAP) {
            lastHeard = now;
        }
        if (now - lastHeard > silenceLimit) {
            throw new RelayException(
                    FailureKind.DATABASE_UNAVAILABLE,
                    "The server has not answered on slot " + settings.slot() + " for "
                            + settings.timeout().toSeconds() + " s");
        }
    }

    private WalFrame parse(byte[] bytes) throws RelayException {
        ByteBuffer frame = ByteBuffer.wrap(bytes);
        switch (bytes.length == 0 ? 0 : frame.get()) {
            case 'w' -> {
                if (bytes.length >= XLOG_DATA_HEADER) {
                    long lsn = frame.getLong();
                    received = unsignedMax(received, lsn);
                    return new WalFrame.XLogData(lsn, bytes, XLOG_DATA_HEADER, bytes.length - XLOG_DATA_HEADER);
                }
            }
            case 'k' -> {
                if (bytes.length == KEEPALIVE_LENGTH) {
                    long walEnd = frame.getLong();
                    received = unsignedMax(received, walEnd);
                    return new WalFrame.Keepalive(walEnd, bytes[KEEPALIVE_LENGTH - 1] != 0);
                }
            }
            default -> {
                // Falls to the failure below, like a frame of a known kind and the wrong length.
            }
        }
        throw new RelayException(
                FailureKind.PROTOCOL,
                "Malformed replication frame of " + bytes.length + " bytes on slot " + settings.slot() + " after "
                        + new Lsn(received));
    }

    @Override
    public void sendStatus(long flushed, boolean replyRequested) throws RelayException {
        memory.confirmed(flushed);
        ByteBuffer.wrap(status)
                .put((byte) 'r')
                .putLong(unsignedMax(received, flushed))
                .putLong(flushed)
                .putLong(flushed)
                .putLong(ChronoUnit.MICROS.between(PgOutputDecoder.POSTGRES_EPOCH, Instant.now()))
                .put((byte) (replyRequested ? 1 : 0));
        try {
            copy.writeToCopy(status, 0, status.length);
            copy.flushCopy();
        } catch (SQLException e) {
            throw SqlFailure.of(e, "Confirming a position", settings);
        }
    }

    /** The server releases the slot, and then completes the command ({@code StartLogicalReplication} in walsender.c). */
    @Override
    public void end(Duration limit) {
        try {
            connection.setNetworkTimeout(Runnable::run, Math.toIntExact(limit.toMillis()));
            copy.endCopy();
        } catch (SQLException e) {
            LOG.debug("The server did not end the stream of slot {} in time", settings.slot(), e);
        }
    }

    @Override
    public void close() {
        closeQuietly(connection);
    }

    /** Closing is the end of its use: a connection that fails to close is as gone as one that does not. */
    static void closeQuietly(Connection connection) {
        if (connection != null) {
            try {
                connection.close();
            } catch (SQLException e) {
                LOG.debug("Closing a connection failed", e);
            }
        }
    }

    private static long unsignedMax(long a, long b) {
        return Long.compareUnsigned(a, b) >= 0 ? a : b;
    }
}
