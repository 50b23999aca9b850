package io.walpost.consumer.runtime.kafka;

import io.walpost.consumer.DeadLetters;
import io.walpost.consumer.deadletter.CopiedDeadLetters;
import io.walpost.consumer.deadletter.JdbcDeadLetters;
import io.walpost.consumer.runtime.ServiceSettings;
import io.walpost.consumer.settings.ConsumerSettings;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import javax.sql.DataSource;

/** Keeps dead letters in the table, and copies of them in the topic where one is configured. */
@Singleton
class DeadLetterStores {

    @Produces
    @Singleton
    DeadLetters store(
            DataSource dataSource, KafkaDeadLetters topic, ConsumerSettings settings, ServiceSettings service) {
        DeadLetters table = new JdbcDeadLetters(
                dataSource,
                settings.name(),
                settings.order(),
                settings.deadLetters().timeout());
        return service.deadLetters().topic().isPresent() ? new CopiedDeadLetters(table, topic) : table;
    }
}
