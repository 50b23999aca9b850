package io.walpost.search;

import io.walpost.consumer.BatchHandler;
import io.walpost.consumer.Failure;
import io.walpost.consumer.Outcome;
import io.walpost.consumer.ReceivedEvent;
import io.walpost.consumer.SinkException;
import java.util.List;

/** Makes the first index before the first wave, if there is none. An index that goes later is not made again. */
final class IndexFirst implements BatchHandler {

    private final IndexAdmin admin;
    private final BatchHandler handler;
    private volatile boolean isThere;

    IndexFirst(IndexAdmin admin, BatchHandler handler) {
        this.admin = admin;
        this.handler = handler;
    }

    @Override
    public List<Outcome> handle(List<ReceivedEvent> events) throws Exception {
        if (!isThere) {
            create();
            isThere = true;
        }
        return handler.handle(events);
    }

    /** What stands in the way is none of the events' fault. */
    private void create() throws SinkException, InterruptedException {
        try {
            admin.createIfAbsent();
        } catch (IndexException e) {
            throw new SinkException(Failure.SINK_UNREACHABLE, e.getMessage(), e);
        }
    }
}
