package io.walpost.consumer.settings;

import io.walpost.consumer.BatchHandler;
import io.walpost.consumer.EventHandler;
import io.walpost.consumer.IdempotentConsumer;
import io.walpost.consumer.JdbcInbox;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Singleton;
import jakarta.transaction.UserTransaction;
import javax.sql.DataSource;

/** Finds the function's handler, and gives it an inbox if it needs one. */
@Singleton
public class Handlers {

    private final BatchHandler handler;

    Handlers(
            @Any Instance<BatchHandler> batches,
            @Any Instance<EventHandler> events,
            UserTransaction transaction,
            DataSource dataSource,
            ConsumerSettings settings) {
        long found = batches.stream().count() + events.stream().count();
        if (found != 1) {
            throw new IllegalStateException(
                    "A consumer function has one bean that is a BatchHandler or an EventHandler, and this one has "
                            + found);
        }
        this.handler = batches.isResolvable()
                ? batches.get()
                : new IdempotentConsumer(transaction, new JdbcInbox(dataSource, settings.name()), events.get());
    }

    public BatchHandler handler() {
        return handler;
    }
}
