package io.walpost.consumer.lambda;

import io.walpost.aws.metrics.MetricLine;
import io.walpost.aws.metrics.MetricUnit;
import io.walpost.consumer.deadletter.DeadLetterTable;
import io.walpost.consumer.settings.ConsumerSettings;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import javax.sql.DataSource;

/**
 * Says at the end of an invocation what the consumer did in it, and once a minute what waits in the table of dead letters.
 * Used by one invocation at a time.
 */
@Singleton
class FunctionMetrics {

    private static final Logger LOG = System.getLogger(FunctionMetrics.class.getName());

    /** A minute is what CloudWatch's alarms look at. */
    private static final Duration BETWEEN_LOOKS = Duration.ofMinutes(1);

    /** With the wait for a connection it has to fit into the margin at the end of an invocation. */
    private static final Duration TIMEOUT = Duration.ofSeconds(2);

    private static final double MILLIS_PER_SECOND = 1000;

    private final Clock clock;
    private final String consumer;
    private final Tally tally;
    private final DeadLetterTable letters;
    private Optional<Instant> lastLook = Optional.empty();

    @Inject
    FunctionMetrics(ConsumerSettings settings, Tally tally, DataSource dataSource) {
        this(Clock.systemUTC(), settings.name(), tally, new DeadLetterTable(dataSource));
    }

    FunctionMetrics(Clock clock, String consumer, Tally tally, DeadLetterTable letters) {
        this.clock = clock;
        this.consumer = consumer;
        this.tally = tally;
        this.letters = letters;
    }

    /** @param hasTime whether the database may be asked */
    void print(boolean hasTime) {
        line(hasTime).print();
    }

    MetricLine line(boolean hasTime) {
        Instant now = clock.instant();
        MetricLine line = MetricLine.of(MetricNames.NAMESPACE, MetricNames.DIMENSION, consumer, now);
        tally.addTo(line);
        if (hasTime
                && lastLook.map(look -> !now.isBefore(look.plus(BETWEEN_LOOKS))).orElse(true)) {
            lastLook = Optional.of(now);
            look(line);
        }
        return line;
    }

    /** A database that does not answer is no reason to fail what is done; what is not known is left out. */
    private void look(MetricLine line) {
        try {
            DeadLetterTable.Unresolved unresolved = letters.unresolved(consumer, TIMEOUT);
            line.add(MetricNames.PARKED_KEYS, MetricUnit.COUNT, unresolved.keys())
                    .add(MetricNames.UNRESOLVED_DEAD_LETTERS, MetricUnit.COUNT, unresolved.letters())
                    .add(
                            MetricNames.OLDEST_DEAD_LETTER_SECONDS,
                            MetricUnit.SECONDS,
                            unresolved.oldest().toMillis() / MILLIS_PER_SECOND);
        } catch (SQLException | RuntimeException e) {
            // The pool has a RuntimeException for credentials that it cannot have.
            LOG.log(Level.DEBUG, "The dead letters could not be counted", e);
        }
    }
}
