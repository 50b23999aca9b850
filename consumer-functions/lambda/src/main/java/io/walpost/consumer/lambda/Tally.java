package io.walpost.consumer.lambda;

import io.walpost.aws.metrics.Distribution;
import io.walpost.aws.metrics.MetricLine;
import io.walpost.aws.metrics.MetricUnit;
import io.walpost.consumer.ConsumerListener;
import io.walpost.consumer.DeadLetterException;
import io.walpost.consumer.Outcome;
import io.walpost.consumer.ReceivedEvent;
import io.walpost.consumer.RecordCoordinates;
import jakarta.enterprise.inject.Typed;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;

/** Counts what a consumer does, from one metric line to the next. */
@Singleton
@Typed(Tally.class)
class Tally implements ConsumerListener {

    private final Clock clock;
    private final LongAdder applied = new LongAdder();
    private final LongAdder duplicates = new LongAdder();
    private final LongAdder retries = new LongAdder();
    private final LongAdder deadLetters = new LongAdder();
    private Distribution latency = new Distribution();

    Tally() {
        this(Clock.systemUTC());
    }

    Tally(Clock clock) {
        this.clock = clock;
    }

    @Override
    public void retrying(ReceivedEvent event, Outcome.Retry retry) {
        retries.increment();
    }

    @Override
    public void refused(RecordCoordinates record, DeadLetterException refusal) {
        retries.increment();
    }

    @Override
    public void completed(Optional<ReceivedEvent> event, Outcome outcome) {
        switch (outcome) {
            case Outcome.Applied done -> {
                applied.increment();
                event.flatMap(ReceivedEvent::committedAt).ifPresent(this::measure);
            }
            case Outcome.Duplicate again -> duplicates.increment();
            case Outcome.Ignored foreign -> {}
            case Outcome.Parked waiting -> {}
            case Outcome.DeadLetter dead -> deadLetters.increment();
            case Outcome.Retry unfinished -> throw new IllegalArgumentException("A retry completes nothing");
        }
    }

    /** Two machines' clocks may differ by more than the event took. */
    private synchronized void measure(Instant committedAt) {
        latency.add(Math.max(0, Duration.between(committedAt, clock.instant()).toMillis()));
    }

    /** Adds what was counted since the last time. */
    void addTo(MetricLine line) {
        line.add(MetricNames.APPLIED, MetricUnit.COUNT, applied.sumThenReset())
                .add(MetricNames.DUPLICATES, MetricUnit.COUNT, duplicates.sumThenReset())
                .add(MetricNames.RETRIES, MetricUnit.COUNT, retries.sumThenReset())
                .add(MetricNames.DEAD_LETTERS, MetricUnit.COUNT, deadLetters.sumThenReset())
                .add(MetricNames.END_TO_END_LATENCY, MetricUnit.MILLISECONDS, takeLatency());
    }

    private synchronized Distribution takeLatency() {
        Distribution taken = latency;
        latency = new Distribution();
        return taken;
    }
}
