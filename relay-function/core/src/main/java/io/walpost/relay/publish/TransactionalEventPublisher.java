package io.walpost.relay.publish;

import io.walpost.relay.checkpoint.EventPosition;
import io.walpost.relay.checkpoint.WalHistory;
import io.walpost.relay.failure.RelayException;
import io.walpost.relay.route.RoutedEvent;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Publishes with Kafka transactions. Each holds whole database transactions, as many as wait, and the position of the
 * last event, so that the two cannot differ. What a committed position covers is acknowledged and not sent again.
 *
 * <p>This side never waits: it collects the events of a database transaction, and hands them to the
 * {@link TransactionWorker} with the last one. A database transaction that does not fit the relay's window alone is
 * handed over in parts, and so becomes visible in parts.
 */
public final class TransactionalEventPublisher implements EventPublisher {

    private static final Duration END_OF_WORKER = Duration.ofSeconds(5);

    private final Producer<byte[], byte[]> producer;
    private final Acknowledgements acknowledgements;
    private final BatchQueue queue = new BatchQueue();
    private final TransactionWorker worker;
    private final Thread thread;

    private TransactionalEventPublisher(
            Producer<byte[], byte[]> producer,
            ProgressTopic topic,
            WalHistory history,
            Acknowledgements acknowledgements,
            AtomicReference<Progress> doubted) {
        this.producer = producer;
        this.acknowledgements = acknowledgements;
        this.worker = new TransactionWorker(
                new KafkaTransactions(producer, topic, history), topic, history, queue, acknowledgements, doubted);
        this.thread = Thread.ofPlatform().daemon().name("relay-" + topic.key()).start(worker);
    }

    /**
     * Makes publishers with these settings.
     *
     * @param settings made for transactions
     * @param slot whose events they are; only one publisher a slot (and cluster) works at a time, and it is the latest
     * @param progressTopic made if it is missing
     */
    public static PublisherFactory factory(ProducerSettings settings, String slot, String progressTopic) {
        AtomicReference<Progress> doubted = new AtomicReference<>();
        return (history, acknowledgements) -> {
            String id = "walpost-" + slot + "-" + history.systemId();
            ProducerSettings own = settings.withTransactionalId(id);
            try {
                return new TransactionalEventPublisher(
                        new KafkaProducer<>(own.properties(), new ByteArraySerializer(), new ByteArraySerializer()),
                        new ProgressTopic(own, progressTopic, id),
                        history,
                        acknowledgements,
                        doubted);
            } catch (KafkaException e) {
                throw KafkaFailure.atStart(e);
            }
        };
    }

    @Override
    public boolean offer(RoutedEvent event, long sequence) throws RelayException {
        RelayException failure = worker.failure();
        if (failure != null) {
            throw failure;
        }
        EventPosition committed = worker.committedAtStart();
        if (committed == null) {
            return false;
        }
        EventPosition position = event.position();
        if (event.isEvent() && committed.covers(position.commitLsn(), position.order())) {
            acknowledgements.acknowledged(sequence);
            if (event.last()) {
                // Records of the relay's own may have been collected among what is committed.
                queue.end();
            }
        } else {
            queue.add(event, sequence);
        }
        return true;
    }

    @Override
    public void windowFull() {
        queue.windowFull();
    }

    @Override
    public boolean awaitsMore() {
        return queue.isDrained();
    }

    /** Leaves a transaction that is under way to the next publisher, which aborts it or finds it committed. */
    @Override
    public void close() {
        worker.closing();
        thread.interrupt();
        producer.close(Duration.ZERO);
        try {
            thread.join(END_OF_WORKER);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
