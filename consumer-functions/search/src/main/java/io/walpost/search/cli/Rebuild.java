package io.walpost.search.cli;

import io.walpost.consumer.BatchHandler;
import io.walpost.consumer.ConsumerListener;
import io.walpost.consumer.Failure;
import io.walpost.consumer.IncomingRecord;
import io.walpost.consumer.Outcome;
import io.walpost.consumer.Patience;
import io.walpost.consumer.RecordConsumer;
import io.walpost.consumer.RetryPolicy;
import io.walpost.consumer.Shutdown;
import io.walpost.consumer.SinkException;
import io.walpost.search.IndexAdmin;
import io.walpost.search.IndexException;
import io.walpost.search.OpenSearch;
import io.walpost.search.SearchHandler;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/**
 * Fills a new index from the topic's beginning, while the old one is searched and kept up to date, and then has the alias
 * name the new one.
 *
 * <p>Why no order is missing afterwards: what the live consumer wrote to the old index alone lies in the topic before its end
 * at a moment after the switch; the rebuild reads on until there. What both write is the same, and versions decide which
 * remains. Until it is there the index also has the alias {@code orders-rebuild}, so that a rebuild that was killed is
 * known as such.
 */
final class Rebuild {

    private static final Logger LOG = System.getLogger(Rebuild.class.getName());

    /** Who has caught up with where the topic ended so long ago is close enough for the switch. */
    private static final Duration CLOSE_ENOUGH = Duration.ofSeconds(1);

    private static final Duration PAUSE = Duration.ofSeconds(1);

    private static final RetryPolicy PATIENTLY =
            new RetryPolicy(Duration.ofMillis(100), Duration.ofSeconds(5), 5, Duration.ofMinutes(5));

    private final LeftOut leftOut = new LeftOut();
    private final IndexAdmin admin;
    private final TopicReader topic;
    private final RecordConsumer consumer;
    private final Consumer<RebuildProgress> listener;
    private final long began = System.nanoTime();
    private String target;

    /**
     * A rebuild that has not begun; it can run once.
     *
     * @param search for the handler of the new index
     * @param listener told after every batch
     */
    Rebuild(OpenSearch search, IndexAdmin admin, TopicReader topic, Consumer<RebuildProgress> listener) {
        BatchHandler handler = SearchHandler.behind(admin.rebuildAlias(), search);
        this.admin = admin;
        this.topic = topic;
        // Its records are not the consumer's work: they must not count in its metrics.
        this.consumer = new RecordConsumer(handler, leftOut, PATIENTLY, ConsumerListener.NONE, Clock.systemUTC());
        this.listener = listener;
    }

    /**
     * Returns when the new index has taken the place of the old one, or the rebuild was stopped; the new index is removed
     * then, and nothing has changed. Once the switch is made a stop comes too late: the little that is left is done first.
     *
     * @throws IndexException if it cannot be done; nothing has changed then
     * @throws UnfinishedRebuildException if it failed after the switch
     */
    RebuildReport run(RebuildOptions options, Patience patience)
            throws IndexException, SinkException, UnfinishedRebuildException, InterruptedException {
        String old = oldIndex();
        clearUnfinished(options);
        requireWhole(options);
        target = admin.next();
        admin.create(target, admin.rebuildAlias());
        boolean switched = fillAndSwitch(old, patience);
        boolean removed = switched && mayRemoveOld(options);
        if (removed) {
            admin.delete(old);
        }
        return new RebuildReport(old, target, switched, removed, topic.read(), leftOut.count(), leftOut.first());
    }

    /** What was left out may be in the old index alone. */
    private boolean mayRemoveOld(RebuildOptions options) {
        return options.removeOld() && (leftOut.count() == 0 || options.acceptLeftOut());
    }

    /** False if it was stopped before the switch. */
    private boolean fillAndSwitch(String old, Patience patience)
            throws IndexException, SinkException, UnfinishedRebuildException, InterruptedException {
        try {
            if (!catchUp(patience) || !insist(() -> admin.refresh(target), patience)) {
                discard();
                return false;
            }
            insist(() -> switchFrom(old), new Shutdown());
        } catch (IndexException | SinkException | InterruptedException | RuntimeException e) {
            discardAfter(e);
            throw e;
        }
        try {
            finish();
        } catch (IndexException | SinkException | RuntimeException e) {
            throw new UnfinishedRebuildException(admin.alias(), target, old, e);
        }
        return true;
    }

    /** Whether it was this rebuild that switched is asked first: the answer to an earlier attempt may have been lost. */
    private void switchFrom(String old) throws IndexException, SinkException, InterruptedException {
        if (!isLive()) {
            admin.switchAlias(old, target);
        }
    }

    private boolean isLive() throws SinkException, InterruptedException {
        return admin.behind(admin.alias()).contains(target);
    }

    private String oldIndex() throws IndexException, SinkException, InterruptedException {
        List<String> old = admin.behind(admin.alias());
        if (old.size() != 1) {
            throw new IndexException("The alias " + admin.alias() + " names " + old.size()
                    + " indices, and a rebuild replaces one. Make the index first, or have the alias name one.");
        }
        return old.getFirst();
    }

    private void requireWhole(RebuildOptions options) throws IndexException {
        topic.lookAhead();
        if (topic.isCutOff() && !options.acceptCutOff()) {
            throw new IndexException("The topic has lost its first records. Orders that have not changed since would be"
                    + " missing in the new index. The old one stays; accept the loss to rebuild nevertheless.");
        }
    }

    private void clearUnfinished(RebuildOptions options) throws IndexException, SinkException, InterruptedException {
        List<String> live = admin.behind(admin.alias());
        for (String unfinished : admin.behind(admin.rebuildAlias())) {
            if (!options.discardUnfinished()) {
                throw new IndexException(unfinished + " belongs to a rebuild that runs, or that did not end"
                        + (live.contains(unfinished) ? " and left this index without the newest changes" : "")
                        + ". If none runs, discard it and rebuild anew.");
            }
            if (live.contains(unfinished)) {
                admin.removeRebuildAlias(unfinished);
            } else {
                admin.delete(unfinished);
            }
        }
    }

    /** Reads to the end of the topic, and again, until that was a moment's work; false if it was stopped before. */
    private boolean catchUp(Patience patience) throws IndexException {
        long lap;
        do {
            lap = System.nanoTime();
            topic.lookAhead();
            if (!readToTheEnd(patience)) {
                return false;
            }
        } while (System.nanoTime() - lap > CLOSE_ENOUGH.toNanos());
        return !patience.isOver();
    }

    /** What came into the topic before the switch, and may be in the old index alone. */
    private void finish() throws IndexException, SinkException, InterruptedException {
        Patience endless = new Shutdown();
        topic.lookAhead();
        readToTheEnd(endless);
        insist(() -> admin.refresh(target), endless);
        insist(() -> admin.removeRebuildAlias(target), endless);
    }

    /** Does it again while OpenSearch is away; false if the patience ends before. */
    private static boolean insist(Step step, Patience patience)
            throws IndexException, SinkException, InterruptedException {
        for (boolean first = true; ; first = false) {
            try {
                step.run();
                return true;
            } catch (SinkException e) {
                if (e.kind().reaction() != Failure.Reaction.RETRY) {
                    throw e;
                }
                if (first) {
                    LOG.log(
                            Level.WARNING,
                            "Waiting, since {0} ({1})",
                            e.getMessage(),
                            e.kind().hint());
                }
                if (patience.endsWithin(PAUSE)) {
                    return false;
                }
            }
        }
    }

    private boolean readToTheEnd(Patience patience) {
        Silence silence = new Silence();
        for (long before = topic.remaining(); before > 0; before = topic.remaining()) {
            List<IncomingRecord> records = topic.poll();
            List<Outcome> outcomes = consumer.consume(records, patience);
            if (patience.isOver() || outcomes.stream().anyMatch(Outcome.Retry.class::isInstance)) {
                return false;
            }
            // What is not read as a record, such as the mark of a transaction's end, is something, too.
            if (records.isEmpty() && topic.remaining() == before) {
                silence.goOn(before);
                continue;
            }
            silence.end();
            listener.accept(new RebuildProgress(
                    target, topic.read(), topic.remaining(), Duration.ofNanos(System.nanoTime() - began)));
        }
        return true;
    }

    /** Never what is live: a switch whose answer was lost may have been made. */
    private void discard() throws SinkException, InterruptedException {
        if (!isLive()) {
            admin.delete(target);
        }
    }

    private void discardAfter(Exception failure) {
        boolean interrupted = Thread.interrupted();
        try {
            discard();
        } catch (SinkException e) {
            // It still has the alias of rebuilds; the next one says so.
            failure.addSuppressed(e);
        } catch (InterruptedException e) {
            interrupted = true;
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    @FunctionalInterface
    private interface Step {
        void run() throws IndexException, SinkException, InterruptedException;
    }
}
