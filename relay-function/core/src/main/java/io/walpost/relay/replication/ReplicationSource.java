package io.walpost.relay.replication;

import io.walpost.relay.checkpoint.ResumePoint;
import io.walpost.relay.failure.RelayException;

/** Opens replication streams of one slot. */
@FunctionalInterface
public interface ReplicationSource {

    /**
     * Takes the slot and starts to read it.
     *
     * @param resume where to go on; the slot's own confirmed position if {@link ResumePoint#none()} or if it belongs to
     *     another history of the database
     * @throws RelayException if the database cannot be reached, is not prepared, or another reader holds the slot
     */
    OpenStream open(ResumePoint resume) throws RelayException;

    /**
     * A stream and where it begins.
     *
     * @param stream owned by the caller, which closes it
     * @param from the history that it reads, the position that is confirmed already, and the events beyond it that this
     *     process published already and that the stream nevertheless repeats
     * @param walEnd where the server's log ended when the stream was opened
     */
    record OpenStream(ReplicationStream stream, ResumePoint from, long walEnd) {}
}
