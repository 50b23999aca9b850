package io.walpost.billing.kafka;

import io.smallrye.common.annotation.Blocking;
import io.walpost.billing.BillingConsumer;
import io.walpost.consumer.Outcome;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.eclipse.microprofile.reactive.messaging.Acknowledgment;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.eclipse.microprofile.reactive.messaging.Message;

/**
 * Bills the records of the channel {@code orders}, one after the other.
 *
 * <p>While billing waits for the database, or for Kafka to take a dead letter, this blocks its worker thread; the connector fills its queue, pauses the
 * partitions and goes on polling, so that the consumer stays in its group however long that takes.
 */
@ApplicationScoped
class OrderChannel {

    private final BillingConsumer billing;

    OrderChannel(BillingConsumer billing) {
        this.billing = billing;
    }

    /** Acknowledges only what is durable: the effect in the database, or the dead letter in Kafka. */
    @Incoming("orders")
    @Blocking
    @Acknowledgment(Acknowledgment.Strategy.MANUAL)
    CompletionStage<Void> bill(Message<byte[]> message) {
        return switch (billing.consume(KafkaRecords.read(message))) {
            case Outcome.Applied applied -> message.ack();
            case Outcome.Duplicate duplicate -> message.ack();
            case Outcome.Ignored ignored -> message.ack();
            case Outcome.DeadLetter dead -> message.ack();
            // Billing is stopped. Left without an answer, the record is delivered again after the next start.
            case Outcome.Retry retry -> CompletableFuture.completedStage(null);
        };
    }
}
