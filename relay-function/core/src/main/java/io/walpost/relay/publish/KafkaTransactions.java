package io.walpost.relay.publish;

import io.walpost.relay.checkpoint.EventPosition;
import io.walpost.relay.checkpoint.WalHistory;
import io.walpost.relay.failure.RelayException;
import io.walpost.relay.publish.EventBatch.Entry;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.TimeoutException;

/** Batches and the progress that they make, in one Kafka transaction. Owned by the worker's thread. */
final class KafkaTransactions {

    private final Producer<byte[], byte[]> producer;
    private final ProgressTopic topic;
    private final WalHistory history;

    KafkaTransactions(Producer<byte[], byte[]> producer, ProgressTopic topic, WalHistory history) {
        this.producer = producer;
        this.topic = topic;
        this.history = history;
    }

    /**
     * Fences every older producer of this slot. When it returns, the transactions of those are committed or aborted in
     * all their topics, and none can follow.
     */
    void begin() throws RelayException {
        try {
            producer.initTransactions();
        } catch (InterruptException e) {
            throw e;
        } catch (KafkaException e) {
            throw KafkaFailure.of("Kafka did not begin transactions of " + topic.key(), e);
        }
    }

    /**
     * Commits these batches together.
     *
     * @return empty if they are committed; if not, why, and they are aborted
     * @throws RelayException if they may be committed or not, or nothing can be any more
     */
    Optional<Refusal> commit(List<EventBatch> batches) throws RelayException {
        Attempt attempt = new Attempt();
        KafkaException failure = null;
        try {
            producer.beginTransaction();
            if (attempt.send(batches)) {
                producer.commitTransaction();
                return Optional.empty();
            }
        } catch (InterruptException e) {
            throw e;
        } catch (TimeoutException e) {
            // The commit may have been done or not, and must not be followed by an abort.
            throw notCommitted(batches, e);
        } catch (KafkaException e) {
            failure = e;
        }
        abort(batches);
        // Only now every callback has been called.
        Refusal refusal = attempt.refusal.get();
        if (refusal == null) {
            throw notCommitted(batches, failure);
        }
        return Optional.of(refusal);
    }

    private void abort(List<EventBatch> batches) throws RelayException {
        try {
            producer.abortTransaction();
        } catch (InterruptException e) {
            throw e;
        } catch (KafkaException e) {
            throw notCommitted(batches, e);
        }
    }

    private static RelayException notCommitted(List<EventBatch> batches, KafkaException cause) {
        return KafkaFailure.of(
                "The Kafka transaction with the events up to "
                        + batches.getLast().lastPosition() + " was not committed",
                cause);
    }

    /** Notes the first failure of all that is sent in one transaction. */
    private final class Attempt {
        private final AtomicReference<Refusal> refusal = new AtomicReference<>();

        /** False if one is known to have failed. */
        boolean send(List<EventBatch> batches) {
            for (EventBatch batch : batches) {
                for (Entry entry : batch.entries()) {
                    producer.send(KafkaEventPublisher.record(entry.event()), delivery(entry));
                    if (refusal.get() != null) {
                        return false;
                    }
                }
            }
            lastEvent(batches)
                    .ifPresent(position ->
                            producer.send(topic.record(new Progress(history, position)), this::progressSent));
            return refusal.get() == null;
        }

        /** Records of the relay's own are no progress. */
        private static Optional<EventPosition> lastEvent(List<EventBatch> batches) {
            return batches.reversed().stream()
                    .flatMap(batch -> batch.lastEvent().stream())
                    .findFirst();
        }

        /** Does not hold on to the payload. */
        private Callback delivery(Entry entry) {
            String id = entry.event().id();
            String destination = entry.event().topic();
            EventPosition position = entry.event().position();
            long sequence = entry.sequence();
            return (metadata, cause) -> {
                if (cause != null && refusal.get() == null && !KafkaFailure.isOfAnother(destination, cause)) {
                    refusal.compareAndSet(
                            null, new Refusal(sequence, KafkaFailure.of(id, destination, position, cause)));
                }
            };
        }

        private void progressSent(RecordMetadata metadata, Exception cause) {
            if (cause != null) {
                refusal.compareAndSet(
                        null,
                        new Refusal(
                                Acknowledgements.NO_EVENT,
                                KafkaFailure.of("The progress was not written to " + topic.name(), cause)));
            }
        }
    }
}
