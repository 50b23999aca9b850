package io.walpost.relay.backfill;

import io.walpost.relay.StopSignal;
import io.walpost.relay.backfill.Progress.Phase;
import io.walpost.relay.capture.StoredRows;
import io.walpost.relay.failure.RelayException;
import io.walpost.relay.publish.PublisherFactory;
import io.walpost.relay.replication.OutboxRows;
import io.walpost.relay.replication.StoredRow;
import io.walpost.relay.route.TableRowRouter;
import java.time.Duration;
import java.util.List;

/** Publishes rows of one table after the other, in their order, at a rate, until it is told to stop. */
final class RowPublisher {

    private final RunSettings settings;
    private final PublisherFactory publishers;
    private final TableRowRouter router;
    private final RateLimit rate;
    private final StopSignal stop;
    private final ProgressListener listener;

    RowPublisher(
            RunSettings settings,
            PublisherFactory publishers,
            TableRowRouter router,
            RateLimit rate,
            StopSignal stop,
            ProgressListener listener) {
        this.settings = settings;
        this.publishers = publishers;
        this.router = router;
        this.rate = rate;
        this.stop = stop;
        this.listener = listener;
    }

    /**
     * Publishes the rows of the pages; everything that it handed over is acknowledged when it returns.
     *
     * @param expected how many there are about
     * @param totals is told what was published and what was gone, also if this fails
     * @return whether it came to the end before the stop
     */
    boolean publish(OutboxRows rows, RowPages pages, long expected, Checkpoint checkpoint, RunTotals totals)
            throws RelayException, InterruptedException {
        StoredRows reader = new StoredRows(rows.relation(), settings.postgres().headers());
        PhaseProgress progress = new PhaseProgress(listener, Phase.PUBLISHING, expected);
        PublishWindow window = new PublishWindow(settings, publishers, checkpoint);
        try (window) {
            boolean finished = publish(pages, reader, window, progress);
            window.drain();
            return finished;
        } finally {
            totals.published += window.acknowledged();
            totals.gone += pages.gone();
            progress.tell(window.acknowledged());
        }
    }

    private boolean publish(RowPages pages, StoredRows reader, PublishWindow window, PhaseProgress progress)
            throws RelayException, InterruptedException {
        for (List<StoredRow> page = pages.next(); !page.isEmpty(); page = pages.next()) {
            for (StoredRow row : page) {
                pace(window);
                if (!window.publish(router.route(reader.row(row.values())), row.key(), stop)) {
                    return false;
                }
                progress.at(window.acknowledged());
            }
        }
        return true;
    }

    private void pace(PublishWindow window) throws RelayException, InterruptedException {
        for (Duration wait = rate.take(); wait.isPositive() && !stop.requested(); wait = rate.take()) {
            window.settle();
            stop.await(wait);
        }
    }
}
