package io.walpost.search;

import io.walpost.consumer.Failure;
import io.walpost.consumer.SinkException;

/**
 * Makes the first index before the first wave, if there is none. An index that goes later is not made again. Safe for use by
 * several threads.
 */
final class IndexFirst {

    private final IndexAdmin admin;
    private volatile boolean isThere;

    IndexFirst(IndexAdmin admin) {
        this.admin = admin;
    }

    /** @param requests those of the wave, of whose time this is a part */
    void ensure(Requests requests) throws SinkException, InterruptedException {
        if (!isThere) {
            create(requests);
            isThere = true;
        }
    }

    /** What stands in the way is none of the events' fault. */
    private void create(Requests requests) throws SinkException, InterruptedException {
        try {
            admin.createIfAbsent(requests);
        } catch (IndexException e) {
            throw new SinkException(Failure.SINK_UNREACHABLE, e.getMessage(), e);
        }
    }
}
