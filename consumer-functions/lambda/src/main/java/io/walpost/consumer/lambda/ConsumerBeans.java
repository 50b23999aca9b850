package io.walpost.consumer.lambda;

import io.quarkus.arc.DefaultBean;
import io.walpost.consumer.BatchHandler;
import io.walpost.consumer.ConsumerListener;
import io.walpost.consumer.DeadLetters;
import io.walpost.consumer.EventHandler;
import io.walpost.consumer.IdempotentConsumer;
import io.walpost.consumer.JdbcInbox;
import io.walpost.consumer.RecordConsumer;
import io.walpost.consumer.RetryPolicy;
import io.walpost.consumer.deadletter.JdbcDeadLetters;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import jakarta.transaction.UserTransaction;
import java.time.Clock;
import javax.sql.DataSource;

/** Puts the consumer together, from the application's handler and the settings, when the function is first invoked. */
final class ConsumerBeans {

    @Produces
    @Singleton
    RecordConsumer consumer(
            LambdaSettings settings,
            Instance<EventHandler> events,
            Instance<BatchHandler> batches,
            UserTransaction transaction,
            DataSource dataSource,
            DeadLetters deadLetters,
            ConsumerListener listener) {
        return new RecordConsumer(
                handler(settings, events, batches, transaction, dataSource),
                deadLetters,
                policy(settings.retry()),
                listener,
                Clock.systemUTC());
    }

    /** In the database of the inbox, unless the application has its own. */
    @Produces
    @Singleton
    @DefaultBean
    DeadLetters deadLetters(LambdaSettings settings, DataSource dataSource) {
        return new JdbcDeadLetters(
                dataSource,
                settings.name(),
                settings.order(),
                settings.deadLetters().timeout());
    }

    /** An application that has its own counts for itself. */
    @Produces
    @Singleton
    @DefaultBean
    ConsumerListener listener(Tally tally) {
        return tally;
    }

    private static BatchHandler handler(
            LambdaSettings settings,
            Instance<EventHandler> events,
            Instance<BatchHandler> batches,
            UserTransaction transaction,
            DataSource dataSource) {
        if (events.isResolvable() && batches.isUnsatisfied()) {
            return new IdempotentConsumer(transaction, new JdbcInbox(dataSource, settings.name()), events.get());
        }
        if (batches.isResolvable() && events.isUnsatisfied()) {
            return batches.get();
        }
        throw new IllegalStateException("A function needs exactly one bean that is an EventHandler or a BatchHandler");
    }

    private static RetryPolicy policy(LambdaSettings.Retry retry) {
        try {
            return new RetryPolicy(
                    retry.initialDelay(), retry.maxDelay(), retry.attemptsOnUnknown(), retry.giveUpAfter());
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("walpost.consumer.retry: " + e.getMessage(), e);
        }
    }
}
