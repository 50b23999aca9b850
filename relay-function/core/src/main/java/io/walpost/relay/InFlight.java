package io.walpost.relay;

import io.walpost.relay.checkpoint.FlushTracker;
import io.walpost.relay.failure.RelayException;
import io.walpost.relay.publish.Acknowledgements;
import java.util.concurrent.atomic.AtomicReference;

/** Where the publisher's thread leaves what it learns, and the relay's thread finds it. */
final class InFlight implements Acknowledgements {

    private final FlushTracker tracker;
    private final AtomicReference<RelayException> failure = new AtomicReference<>();

    InFlight(FlushTracker tracker) {
        this.tracker = tracker;
    }

    /** To be used by the relay's thread only. */
    FlushTracker tracker() {
        return tracker;
    }

    @Override
    public void acknowledged(long sequence) {
        tracker.acknowledge(sequence);
    }

    @Override
    public void failed(long sequence, RelayException cause) {
        failure.compareAndSet(null, cause);
    }

    /** The first failure that was reported, if any, as the caller's own. */
    void rethrow() throws RelayException {
        RelayException cause = failure.get();
        if (cause != null) {
            throw cause;
        }
    }
}
