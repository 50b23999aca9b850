package io.walpost.consumer.runtime;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.walpost.consumer.ConsumerListener;
import io.walpost.consumer.DeadLetterException;
import io.walpost.consumer.Failure;
import io.walpost.consumer.Outcome;
import io.walpost.consumer.ReceivedEvent;
import io.walpost.consumer.RecordCoordinates;
import io.walpost.consumer.settings.ConsumerSettings;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/** What the consumer does, in numbers. Every series is there from the start, so that a rate can be taken of its first one. */
@Singleton
class ConsumerMetrics implements ConsumerListener {

    private static final Duration SHORTEST_LATENCY = Duration.ofMillis(1);
    private static final Duration LONGEST_LATENCY = Duration.ofMinutes(5);

    private static final double MILLIS_PER_SECOND = 1000;

    private final Clock clock = Clock.systemUTC();
    private final Counter applied;
    private final Counter duplicates;
    private final Counter ignored;
    private final Counter parked;
    private final Map<Failure, Counter> retries;
    private final Map<Failure, Counter> deadLetters;
    private final Counter refusals;
    private final Timer latency;

    ConsumerMetrics(
            MeterRegistry registry,
            RecordsInWork records,
            Lag lag,
            ConsumerSettings settings,
            ServiceSettings service) {
        Tags consumer = Tags.of("consumer", settings.name());
        applied = events(registry, consumer, "applied");
        duplicates = events(registry, consumer, "duplicate");
        ignored = events(registry, consumer, "ignored");
        parked = events(registry, consumer, "parked");
        retries = byFailure(
                registry, consumer, "walpost.consumer.retries", "Failed attempts after which an event is tried again");
        deadLetters = byFailure(
                registry, consumer, "walpost.consumer.dead.letters", "Records that were put among the dead letters");
        refusals = Counter.builder("walpost.consumer.dead.letter.refusals")
                .description("Attempts to put a dead letter, or to ask for those of a key, that the store refused")
                .tags(consumer)
                .register(registry);
        latency = Timer.builder("walpost.consumer.latency")
                .description("From the commit of the event's transaction to the commit of its effect")
                .tags(consumer)
                .publishPercentileHistogram()
                .minimumExpectedValue(SHORTEST_LATENCY)
                .maximumExpectedValue(LONGEST_LATENCY)
                .register(registry);
        Gauge.builder("walpost.consumer.head.age", records, ConsumerMetrics::headAge)
                .description("How long the record has been worked on that holds up those behind it; 0 if there is none")
                .baseUnit("seconds")
                .tags(consumer)
                .register(registry);
        if (service.binding() == Binding.KAFKA) {
            // Over HTTP a record that waits is not here, but with the source, until it is sent again.
            Gauge.builder("walpost.consumer.lag", lag, ConsumerMetrics::behind)
                    .description("The age of the oldest record in work, by its timestamp in Kafka; 0 if there is none")
                    .baseUnit("seconds")
                    .tags(consumer)
                    .register(registry);
        }
    }

    private static double behind(Lag lag) {
        return lag.behind().toMillis() / MILLIS_PER_SECOND;
    }

    private static double headAge(RecordsInWork records) {
        return records.oldest()
                .map(head -> head.age().toMillis() / MILLIS_PER_SECOND)
                .orElse(0.0);
    }

    /** The store is asked before anything is handled, so an outage of the database often shows here first. */
    @Override
    public void refused(RecordCoordinates record, DeadLetterException refusal) {
        refusals.increment();
        Failure failure = Failure.of(refusal);
        if (failure != Failure.UNKNOWN) {
            retries.get(failure).increment();
        }
    }

    @Override
    public void retrying(ReceivedEvent event, Outcome.Retry retry) {
        retries.get(retry.failure()).increment();
    }

    @Override
    public void completed(Optional<ReceivedEvent> event, Outcome outcome) {
        switch (outcome) {
            case Outcome.Applied done -> {
                applied.increment();
                event.flatMap(ReceivedEvent::committedAt).ifPresent(this::recordLatency);
            }
            case Outcome.Duplicate again -> duplicates.increment();
            case Outcome.Ignored foreign -> ignored.increment();
            case Outcome.Parked waiting -> parked.increment();
            case Outcome.DeadLetter dead -> deadLetters.get(dead.failure()).increment();
            case Outcome.Retry unfinished -> throw new IllegalArgumentException("A retry completes nothing");
        }
    }

    /** Two machines' clocks may differ by more than the event took. */
    private void recordLatency(Instant committedAt) {
        Duration taken = Duration.between(committedAt, clock.instant());
        latency.record(taken.isNegative() ? Duration.ZERO : taken);
    }

    private static Counter events(MeterRegistry registry, Tags consumer, String outcome) {
        return Counter.builder("walpost.consumer.events")
                .description("Events that are done with, other than dead letters")
                .tags(consumer)
                .tag("outcome", outcome)
                .register(registry);
    }

    private static Map<Failure, Counter> byFailure(
            MeterRegistry registry, Tags consumer, String name, String description) {
        Map<Failure, Counter> counters = new EnumMap<>(Failure.class);
        for (Failure failure : Failure.values()) {
            counters.put(
                    failure,
                    Counter.builder(name)
                            .description(description)
                            .tags(consumer)
                            .tag("cause", failure.label())
                            .register(registry));
        }
        return counters;
    }
}
