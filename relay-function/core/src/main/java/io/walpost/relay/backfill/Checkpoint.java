package io.walpost.relay.backfill;

import io.walpost.relay.failure.RelayException;
import io.walpost.relay.replication.RowKey;

/** Keeps how far a run has come. */
@FunctionalInterface
interface Checkpoint {

    /** Keeps nothing, for a run that finds out anew. */
    Checkpoint NONE = (last, published) -> {};

    /**
     * On return it is durable.
     *
     * @param last the last row before which, itself included, all are acknowledged
     * @param published how many events were acknowledged in this run
     */
    void save(RowKey last, long published) throws RelayException;
}
