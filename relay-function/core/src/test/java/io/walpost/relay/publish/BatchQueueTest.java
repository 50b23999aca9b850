package io.walpost.relay.publish;

import static org.assertj.core.api.Assertions.assertThat;

import io.walpost.relay.checkpoint.EventPosition;
import io.walpost.relay.route.RoutedEvents;
import java.util.List;
import org.junit.jupiter.api.Test;

/** When events are handed over, and how many. */
class BatchQueueTest {

    private final BatchQueue queue = new BatchQueue();
    private long sequence;

    private void add(long commitLsn, int order, boolean last) {
        queue.add(RoutedEvents.at(new EventPosition(commitLsn, order), last, "t", "v"), sequence++);
    }

    private static List<List<Long>> sequences(List<EventBatch> batches) {
        return batches.stream()
                .map(batch ->
                        batch.entries().stream().map(EventBatch.Entry::sequence).toList())
                .toList();
    }

    @Test
    void handsOverWholeTransactionsAndAllThatWait() throws InterruptedException {
        add(1, 1, false);
        add(1, 2, true);
        add(2, 1, true);
        add(3, 1, false);
        assertThat(sequences(queue.take())).containsExactly(List.of(0L, 1L), List.of(2L));
        add(3, 2, true);
        assertThat(sequences(queue.take())).containsExactly(List.of(3L, 4L));
    }

    @Test
    void splitsOnlyWhenTheWorkerHasNothingElseToDo() throws InterruptedException {
        add(1, 1, true);
        add(2, 1, false);
        queue.windowFull();
        queue.windowFull();
        assertThat(sequences(queue.take())).containsExactly(List.of(0L));
        // The worker is busy with it.
        queue.windowFull();
        queue.windowFull();
        Thread worker = Thread.ofVirtual().start(() -> {
            try {
                assertThat(sequences(queue.take())).containsExactly(List.of(1L));
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
        while (!queue.isDrained()) {
            Thread.onSpinWait();
        }
        queue.windowFull();
        worker.join();
        assertThat(queue.isDrained()).isFalse();
    }

    @Test
    void leavesRoomToShowAfterTheWorkerHasCommittedSomething() throws InterruptedException {
        Thread worker = Thread.ofVirtual().start(() -> {
            try {
                queue.take();
                queue.take();
            } catch (InterruptedException e) {
                // The end of the test.
            }
        });
        add(1, 1, true);
        add(2, 1, false);
        while (!queue.isDrained()) {
            Thread.onSpinWait();
        }
        // What was committed may not have been taken in yet, so the window may only seem to be full.
        queue.windowFull();
        assertThat(queue.isDrained()).isTrue();
        queue.windowFull();
        worker.join();
    }
}
