package io.walpost.relay.poison;

import io.walpost.relay.failure.RelayException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The topic of parked keys, read by one session from its beginning on. Its owner's thread never waits for it.
 *
 * <p>Records come in the order of the topic, only committed ones, those of this session among them.
 */
public interface ParkedLog extends AutoCloseable {

    /**
     * What the topic held at a time after the opening; empty while that is being read.
     *
     * @throws RelayException if it cannot be read until somebody mends what the exception names
     */
    Optional<Snapshot> snapshot() throws RelayException;

    /** The next record after the snapshot, or null if there is none yet. */
    ParkedCodec.Entry poll();

    @Override
    void close();

    /** Opens logs, one for each session. */
    @FunctionalInterface
    interface Source {
        /** Returns at once; the reading begins after this call. */
        ParkedLog open();
    }

    /**
     * @param records in order
     * @param deadLetterEnds the end offset of each partition of the dead letters when the snapshot was taken
     */
    record Snapshot(List<ParkedRecord> records, Map<Integer, Long> deadLetterEnds) {

        public static final Snapshot EMPTY = new Snapshot(List.of(), Map.of());
    }

    /** A log in which nothing ever is. */
    static ParkedLog empty() {
        return new ParkedLog() {
            @Override
            public Optional<Snapshot> snapshot() {
                return Optional.of(Snapshot.EMPTY);
            }

            @Override
            public ParkedCodec.Entry poll() {
                return null;
            }

            @Override
            public void close() {}
        };
    }
}
