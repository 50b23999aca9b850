package io.walpost.relay.publish;

import io.walpost.relay.publish.EventBatch.Entry;
import io.walpost.relay.route.RoutedEvent;
import java.util.ArrayList;
import java.util.List;

/**
 * Collects events into batches on one thread, the owner, and hands them to another one, the worker. It is bounded by the
 * relay's window, as everything in it is in flight.
 */
final class BatchQueue {

    /** The database transaction whose last event has not been offered yet. The owner's. */
    private List<Entry> open = new ArrayList<>();

    /** How many takes had been done when the window was last found full. The owner's. */
    private long takesAtFullWindow = -1;

    private final List<EventBatch> waiting = new ArrayList<>();
    private boolean busy = true;
    private long takes;

    /** For the owner: the next event. The last one of its database transaction hands all of them over. */
    void add(RoutedEvent event, long sequence) {
        open.add(new Entry(event, sequence));
        if (event.last()) {
            handOver();
        }
    }

    /** For the owner: the database transaction ends with an event that needs no publishing. */
    void end() {
        if (!open.isEmpty()) {
            handOver();
        }
    }

    /**
     * For the owner: hands over a part of a database transaction if the worker has nothing else to do, so that only this
     * can make room. Whether it is so shows at the second call: what the worker had done before the first one may not
     * have been taken in by then.
     */
    void windowFull() {
        boolean idle;
        synchronized (this) {
            idle = !busy && waiting.isEmpty() && takes == takesAtFullWindow;
            takesAtFullWindow = takes;
        }
        if (idle && !open.isEmpty()) {
            handOver();
        }
    }

    private void handOver() {
        EventBatch batch = new EventBatch(open);
        open = new ArrayList<>();
        synchronized (this) {
            waiting.add(batch);
            notifyAll();
        }
    }

    /** Whether the worker has dealt with all that was handed over. */
    synchronized boolean isDrained() {
        return !busy && waiting.isEmpty();
    }

    /** For the worker: all that waits, as soon as something does. To call it is to be done with what was taken before. */
    synchronized List<EventBatch> take() throws InterruptedException {
        busy = false;
        while (waiting.isEmpty()) {
            wait();
        }
        busy = true;
        takes++;
        List<EventBatch> taken = List.copyOf(waiting);
        waiting.clear();
        return taken;
    }
}
