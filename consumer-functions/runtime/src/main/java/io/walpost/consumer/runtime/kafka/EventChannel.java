package io.walpost.consumer.runtime.kafka;

import io.quarkus.runtime.ShutdownEvent;
import io.smallrye.common.annotation.Blocking;
import io.smallrye.reactive.messaging.kafka.KafkaRecordBatch;
import io.smallrye.reactive.messaging.kafka.api.IncomingKafkaRecordMetadata;
import io.walpost.consumer.IncomingRecord;
import io.walpost.consumer.runtime.EventConsumer;
import io.walpost.consumer.runtime.Lag;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.interceptor.Interceptor;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.eclipse.microprofile.reactive.messaging.Acknowledgment;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.eclipse.microprofile.reactive.messaging.Message;

/**
 * Hands the batches of the channel {@code events} to the consumer, one after the other.
 *
 * <p>While the consumer waits for its sink, or for the store of dead letters, this blocks its worker thread; the connector
 * keeps one more batch, pauses the partitions and goes on polling, so that the consumer stays in its group however long
 * that takes.
 */
@ApplicationScoped
class EventChannel {

    static final String NAME = "events";

    /** After the consumer is told to stop, and the producer of dead letters. */
    private static final int SHUTDOWN_PRIORITY = Interceptor.Priority.PLATFORM_BEFORE + 2;

    /** How long the end of the process waits for the batch in work, which ends at its next step. */
    private static final long SHUTDOWN_SECONDS = 10;

    private final Semaphore atWork = new Semaphore(1);
    private final EventConsumer consumer;
    private final Lag lag;

    EventChannel(EventConsumer consumer, Lag lag) {
        this.consumer = consumer;
        this.lag = lag;
    }

    /** Acknowledges only what is durable: the effect in the sink, or the dead letter. */
    @Incoming(NAME)
    @Blocking
    @Acknowledgment(Acknowledgment.Strategy.MANUAL)
    CompletionStage<Void> consume(KafkaRecordBatch<byte[], byte[]> batch) {
        List<? extends Message<byte[]>> messages = batch.getRecords();
        atWork.acquireUninterruptibly();
        try {
            List<ConsumerRecord<byte[], byte[]>> kafkaRecords =
                    messages.stream().map(EventChannel::record).toList();
            lag.working(oldest(kafkaRecords));
            List<IncomingRecord> records =
                    kafkaRecords.stream().map(KafkaRecords::read).toList();
            BatchAnswer answer = BatchAnswer.of(records, consumer.consume(records));
            if (!answer.complete() && !consumer.isStopping()) {
                // Whoever interrupted the thread did not mean the consumer; going on would pass over what is left.
                throw new IllegalStateException("A batch was left unfinished, and the consumer is not stopping");
            }
            return CompletableFuture.allOf(answer.last().stream()
                    .map(index -> messages.get(index).ack().toCompletableFuture())
                    .toArray(CompletableFuture[]::new));
        } finally {
            lag.idle();
            atWork.release();
        }
    }

    @SuppressWarnings("unchecked")
    private static ConsumerRecord<byte[], byte[]> record(Message<byte[]> message) {
        return message.getMetadata(IncomingKafkaRecordMetadata.class)
                .map(metadata -> (ConsumerRecord<byte[], byte[]>) metadata.getRecord())
                .orElseThrow(() ->
                        new IllegalStateException("The channel '" + NAME + "' needs the connector smallrye-kafka"));
    }

    private static Instant oldest(List<ConsumerRecord<byte[], byte[]>> records) {
        return Instant.ofEpochMilli(
                records.stream().mapToLong(ConsumerRecord::timestamp).min().orElseThrow());
    }

    /** What is applied by the batch in work is then acknowledged, and does not come again. */
    void stop(@Observes @Priority(SHUTDOWN_PRIORITY) ShutdownEvent event) throws InterruptedException {
        if (atWork.tryAcquire(SHUTDOWN_SECONDS, TimeUnit.SECONDS)) {
            atWork.release();
        }
    }
}
