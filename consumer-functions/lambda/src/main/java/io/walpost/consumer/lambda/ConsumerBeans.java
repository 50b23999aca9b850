package io.walpost.consumer.lambda;

import io.quarkus.arc.DefaultBean;
import io.walpost.consumer.ConsumerListener;
import io.walpost.consumer.DeadLetters;
import io.walpost.consumer.RecordConsumer;
import io.walpost.consumer.deadletter.JdbcDeadLetters;
import io.walpost.consumer.settings.ConsumerSettings;
import io.walpost.consumer.settings.Handlers;
import io.walpost.consumer.settings.RetryPolicies;
import io.walpost.consumer.settings.SettingsProblems;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.Optional;
import javax.sql.DataSource;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Puts the consumer together, from the application's handler and the settings, when the function is first invoked. */
final class ConsumerBeans {

    private static final String TOPIC = "walpost.consumer.dead-letters.topic";

    /** @throws IllegalArgumentException naming the settings that make no sense */
    @Produces
    @Singleton
    RecordConsumer consumer(
            ConsumerSettings settings, Handlers handlers, DeadLetters deadLetters, ConsumerListener listener) {
        SettingsProblems.of(settings).throwIfAny();
        return new RecordConsumer(
                handlers.handler(), deadLetters, RetryPolicies.of(settings.retry()), listener, Clock.systemUTC());
    }

    /**
     * In the database of the inbox, unless the application has its own.
     *
     * @param topic what a service copies them to; whoever sets it here would look there for letters that never come
     * @throws IllegalArgumentException if there is a topic
     */
    @Produces
    @Singleton
    @DefaultBean
    DeadLetters deadLetters(
            ConsumerSettings settings, DataSource dataSource, @ConfigProperty(name = TOPIC) Optional<String> topic) {
        SettingsProblems problems = new SettingsProblems();
        topic.ifPresent(
                name -> problems.add(TOPIC + " must not be set: a Lambda function writes its dead letters to the table"
                        + " walpost_dead_letter alone, and no copies to '" + name + "'"));
        problems.throwIfAny();
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
}
