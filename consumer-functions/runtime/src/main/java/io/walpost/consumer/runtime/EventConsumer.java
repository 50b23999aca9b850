package io.walpost.consumer.runtime;

import io.quarkus.runtime.ShutdownEvent;
import io.walpost.consumer.DeadLetters;
import io.walpost.consumer.IncomingRecord;
import io.walpost.consumer.Outcome;
import io.walpost.consumer.RecordConsumer;
import io.walpost.consumer.Shutdown;
import io.walpost.consumer.settings.ConsumerSettings;
import io.walpost.consumer.settings.Handlers;
import io.walpost.consumer.settings.RetryPolicies;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import jakarta.interceptor.Interceptor;
import java.time.Clock;
import java.time.Duration;
import java.util.List;

/** The consumer put together. Bindings hand their records to it; see {@link RecordConsumer} for what each outcome asks for. */
@Singleton
public class EventConsumer {

    private final Shutdown shutdown = new Shutdown();
    private final RecordConsumer consumer;

    EventConsumer(
            Handlers handlers,
            DeadLetters deadLetters,
            ConsumerMetrics metrics,
            RecordsInWork records,
            ConsumerSettings settings,
            SettingsCheck check) {
        check.require();
        this.consumer = new RecordConsumer(
                handlers.handler(),
                deadLetters,
                RetryPolicies.of(settings.retry()),
                new Listeners(List.of(records, metrics)),
                Clock.systemUTC());
    }

    /** Blocks while a sink, or the store of dead letters, cannot be reached, until the shutdown. */
    public List<Outcome> consume(List<IncomingRecord> records) {
        return consumer.consume(records, shutdown);
    }

    /** Blocks for so long at most. */
    public List<Outcome> consume(List<IncomingRecord> records, Duration atMost) {
        return consumer.consume(records, new LimitedPatience(shutdown, atMost));
    }

    /** Whether an {@link Outcome.Retry} only says that the process ends. */
    public boolean isStopping() {
        return shutdown.isOver();
    }

    /** Before the bindings close, which wait for the records that are in work. */
    void stop(@Observes @Priority(Interceptor.Priority.PLATFORM_BEFORE) ShutdownEvent event) {
        shutdown.begin();
    }
}
