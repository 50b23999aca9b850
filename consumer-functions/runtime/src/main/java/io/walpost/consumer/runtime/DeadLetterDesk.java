package io.walpost.consumer.runtime;

import io.walpost.consumer.deadletter.DeadLetterTable;
import io.walpost.consumer.deadletter.Replay;
import io.walpost.consumer.settings.ConsumerSettings;
import io.walpost.consumer.settings.Handlers;
import io.walpost.consumer.settings.RetryPolicies;
import jakarta.inject.Singleton;
import java.time.Clock;
import javax.sql.DataSource;

/** Where a person, or a program in a person's place, works the dead letters. */
@Singleton
public class DeadLetterDesk {

    private final DataSource dataSource;
    private final Handlers handlers;
    private final ConsumerSettings settings;

    DeadLetterDesk(DataSource dataSource, Handlers handlers, ConsumerSettings settings) {
        this.dataSource = dataSource;
        this.handlers = handlers;
        this.settings = settings;
    }

    /** The consumer's name, under which its letters are kept. */
    public String consumer() {
        return settings.name();
    }

    public DeadLetterTable table() {
        return new DeadLetterTable(dataSource);
    }

    /** By this function's own handler. */
    public Replay replay() {
        return new Replay(
                dataSource, settings.name(), handlers.handler(), RetryPolicies.of(settings.retry()), Clock.systemUTC());
    }
}
