package io.walpost.consumer.runtime;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.walpost.consumer.deadletter.DeadLetterTable;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.jboss.logging.Logger;

/**
 * What waits in the table of dead letters, in numbers. While the database does not answer they are not known (NaN).
 */
@Singleton
class DeadLetterMetrics implements Measurement {

    private static final Logger LOG = Logger.getLogger(DeadLetterMetrics.class);

    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final double MILLIS_PER_SECOND = 1000;
    private static final Numbers UNKNOWN = new Numbers(Double.NaN, Double.NaN);

    private final AtomicReference<Numbers> last = new AtomicReference<>(UNKNOWN);
    private final DeadLetterTable table;
    private final String consumer;

    private record Numbers(double parkedKeys, double oldestSeconds) {}

    DeadLetterMetrics(MeterRegistry registry, DeadLetterDesk desk) {
        table = desk.table();
        consumer = desk.consumer();
        Tags tags = Tags.of("consumer", consumer);
        Gauge.builder("walpost.consumer.parked.keys", last, numbers -> numbers.get()
                        .parkedKeys())
                .description("Keys that have an unresolved dead letter, so that later records wait behind it")
                .tags(tags)
                .register(registry);
        Gauge.builder("walpost.consumer.dead.letters.oldest", last, numbers -> numbers.get()
                        .oldestSeconds())
                .description("How long the oldest unresolved dead letter has been there; 0 if there is none")
                .baseUnit("seconds")
                .tags(tags)
                .register(registry);
    }

    @Override
    public void measure() {
        try {
            DeadLetterTable.Unresolved unresolved = table.unresolved(consumer, TIMEOUT);
            last.set(new Numbers(unresolved.keys(), unresolved.oldest().toMillis() / MILLIS_PER_SECOND));
        } catch (SQLException e) {
            last.set(UNKNOWN);
            LOG.debug("The dead letters could not be counted", e);
        }
    }
}
