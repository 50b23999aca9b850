package io.walpost.billing;

import io.quarkus.runtime.ShutdownEvent;
import io.walpost.consumer.ConsumerListener;
import io.walpost.consumer.DeadLetters;
import io.walpost.consumer.IdempotentConsumer;
import io.walpost.consumer.IncomingRecord;
import io.walpost.consumer.JdbcInbox;
import io.walpost.consumer.Outcome;
import io.walpost.consumer.RecordConsumer;
import io.walpost.consumer.RetryPolicy;
import io.walpost.consumer.RetryingHandler;
import io.walpost.consumer.Shutdown;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import jakarta.interceptor.Interceptor;
import jakarta.transaction.UserTransaction;
import java.time.Clock;
import java.util.List;
import javax.sql.DataSource;

/** Billing put together: inbox and invoice in one transaction, retried, measured. Bindings hand their records to it. */
@Singleton
public class BillingConsumer {

    /** The consumer's name in the inbox and in metrics. Another name would bill every event anew. */
    private static final String NAME = "billing";

    private final Shutdown shutdown = new Shutdown();
    private final RecordConsumer consumer;

    BillingConsumer(
            UserTransaction transaction,
            DataSource dataSource,
            BillingHandler handler,
            DeadLetters deadLetters,
            ConsumerMetrics metrics,
            RecordsInWork records,
            BillingSettings settings) {
        BillingSettings.Retry retry = settings.retry();
        RetryPolicy policy = new RetryPolicy(retry.initialDelay(), retry.maxDelay(), retry.attemptsOnUnknown());
        IdempotentConsumer once = new IdempotentConsumer(transaction, new JdbcInbox(dataSource, NAME), handler);
        ConsumerListener listener = new Listeners(List.of(records, metrics));
        RetryingHandler patiently = new RetryingHandler(once, policy, listener, Clock.systemUTC(), shutdown);
        this.consumer = new RecordConsumer(patiently, deadLetters, policy, listener, shutdown);
    }

    /** Blocks while the database, or Kafka for a dead letter, cannot be reached. See {@link RecordConsumer} for what each outcome asks for. */
    public Outcome consume(IncomingRecord record) {
        return consumer.consume(record);
    }

    /** Before the channels close: they wait for a record that waits for the database or for Kafka. */
    void stop(@Observes @Priority(Interceptor.Priority.PLATFORM_BEFORE) ShutdownEvent event) {
        shutdown.begin();
    }
}
