package io.walpost.relay.publish;

import io.walpost.relay.checkpoint.EventPosition;
import io.walpost.relay.checkpoint.WalHistory;
import io.walpost.relay.failure.FailureKind;
import io.walpost.relay.failure.RelayException;
import io.walpost.relay.publish.EventBatch.Entry;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.common.errors.InterruptException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Commits batch after batch to Kafka, on a thread of its own, which may wait for Kafka. It ends at the first failure:
 * another publisher then begins where the last commit left off.
 */
final class TransactionWorker implements Runnable {

    private static final Logger LOG = LoggerFactory.getLogger(TransactionWorker.class);

    private final KafkaTransactions transactions;
    private final ProgressTopic topic;
    private final WalHistory history;
    private final BatchQueue queue;
    private final Acknowledgements acknowledgements;
    private final AtomicReference<Progress> doubted;

    private volatile EventPosition committedAtStart;
    private volatile RelayException failure;
    private volatile boolean closing;

    /** @param doubted the last progress, if it seemed to be ahead of the log; shared by the workers of one relay */
    TransactionWorker(
            KafkaTransactions transactions,
            ProgressTopic topic,
            WalHistory history,
            BatchQueue queue,
            Acknowledgements acknowledgements,
            AtomicReference<Progress> doubted) {
        this.transactions = transactions;
        this.topic = topic;
        this.history = history;
        this.queue = queue;
        this.acknowledgements = acknowledgements;
        this.doubted = doubted;
    }

    /** The last event that was committed before this worker began; null as long as that is not known. */
    EventPosition committedAtStart() {
        return committedAtStart;
    }

    /** What ended the worker; null if nothing has. */
    RelayException failure() {
        return failure;
    }

    /** From now on whatever happens is the consequence of an end that is wanted. */
    void closing() {
        closing = true;
    }

    @Override
    public void run() {
        try {
            begin();
            while (failure == null && !closing) {
                publish(queue.take());
            }
        } catch (InterruptedException | InterruptException closed) {
            LOG.debug("Interrupted, as the publisher is closed");
        } catch (RelayException e) {
            fail(Acknowledgements.NO_EVENT, e);
        } catch (RuntimeException e) {
            fail(
                    Acknowledgements.NO_EVENT,
                    new RelayException(FailureKind.INTERNAL, "Publishing failed by a defect: " + e, e));
        }
    }

    private void fail(long sequence, RelayException cause) {
        if (!closing) {
            failure = cause;
            acknowledgements.failed(sequence, cause);
        }
    }

    /** In this order: when older producers are fenced and their transactions ended, the progress stands still. */
    private void begin() throws RelayException, InterruptedException {
        topic.require();
        transactions.begin();
        Optional<Progress> progress = topic.read();
        if (progress.isEmpty()) {
            LOG.info("No progress of {} is recorded: publishing all that the slot has", topic.key());
        }
        committedAtStart = progress.isEmpty() ? EventPosition.NONE : worth(progress.get());
    }

    /** What a recorded progress says about the log as it is now. */
    private EventPosition worth(Progress progress) throws RelayException {
        EventPosition position = history.translate(progress.published(), progress.history());
        if (!history.reaches(position.commitLsn())) {
            requireTwice(progress, position);
            LOG.warn(
                    "{} is published, but the log ends before. Was a backup restored? Publishing all that the slot has",
                    position);
            return EventPosition.NONE;
        }
        doubted.set(null);
        if (position.equals(progress.published())) {
            LOG.info("Published so far: {}", position);
        } else {
            LOG.warn(
                    "Published so far: {} on timeline {}, which counts as {} on timeline {}",
                    progress.published(),
                    progress.history().timeline(),
                    position,
                    history.timeline());
        }
        return position;
    }

    /**
     * A log that ends before what is published was put back, unless it only ended there when the stream was opened, and
     * another relay has gone on since. The next stream tells: it opens only when no other relay reads.
     */
    private void requireTwice(Progress progress, EventPosition position) throws RelayException {
        if (!progress.equals(doubted.getAndSet(progress))) {
            throw new RelayException(
                    FailureKind.FENCED,
                    position + " is published, but the log ended before when the stream was opened");
        }
    }

    /**
     * Commits these batches. If an event is refused, those before its batch are committed, since they need not wait with
     * it, and the worker ends.
     */
    private void publish(List<EventBatch> batches) throws RelayException {
        Optional<Refusal> refusal = transactions.commit(batches);
        if (refusal.isEmpty()) {
            acknowledge(batches);
            return;
        }
        Refusal refused = refusal.get();
        List<EventBatch> before = batches.stream()
                .takeWhile(batch -> !batch.contains(refused.sequence()))
                .toList();
        if (refused.isOfAnEvent() && !before.isEmpty()) {
            publish(before);
        }
        if (failure == null) {
            fail(refused.sequence(), refused.cause());
        }
    }

    private void acknowledge(List<EventBatch> batches) {
        for (EventBatch batch : batches) {
            for (Entry entry : batch.entries()) {
                acknowledgements.acknowledged(entry.sequence());
            }
        }
    }
}
