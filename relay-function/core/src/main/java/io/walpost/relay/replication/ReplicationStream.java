package io.walpost.relay.replication;

import io.walpost.relay.failure.RelayException;
import java.time.Duration;

/**
 * A slot being read. Frames come in the order of commits; within a transaction, in the order of its changes. After a
 * restart the server sends again every transaction whose end was not confirmed.
 *
 * <p>A stream is owned by one thread, which alone may call it.
 */
public interface ReplicationStream extends AutoCloseable {

    /**
     * The next frame, or null if none arrived within about a millisecond.
     *
     * @throws RelayException if the connection is lost, the server has been silent for too long, or a frame is
     *     malformed; the stream is of no use afterwards
     */
    WalFrame poll() throws RelayException;

    /**
     * Tells the server that everything before a position is dealt with and may be forgotten; also shows that the relay
     * is alive. The server may keep more, and after its own crash may go back to an earlier position.
     *
     * @param flushed the end LSN of a transaction all of whose events are acknowledged, as are all before it; 0 to
     *     confirm nothing
     * @param replyRequested whether the server is to answer with a {@link WalFrame.Keepalive}
     * @throws RelayException if the connection is lost
     */
    void sendStatus(long flushed, boolean replyRequested) throws RelayException;

    /**
     * Ends the stream in good order: on return the server has released the slot, so that whoever asks next gets it, unless
     * it took longer than the limit to say so. Only {@link #close} may follow. Does not throw.
     */
    void end(Duration limit);

    /** Has the slot released, sooner or later. Does not wait for the server, and does not throw. */
    @Override
    void close();
}
