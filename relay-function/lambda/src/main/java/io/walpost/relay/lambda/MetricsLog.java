package io.walpost.relay.lambda;

import io.walpost.aws.metrics.MetricLine;
import io.walpost.aws.metrics.MetricUnit;
import io.walpost.relay.replication.SlotStatus;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;

/** Prints the metrics of one invocation. The thread that prints each minute and the one that ends it may meet here. */
final class MetricsLog {

    private static final double MILLIS_PER_SECOND = 1_000;

    private final String slotName;
    private final InstantSource clock;
    private final Duration interval;
    private long printedEvents;
    private long printedBytes;
    private boolean ended;

    MetricsLog(String slotName, InstantSource clock) {
        this(slotName, clock, Duration.ofMinutes(1));
    }

    /** @param interval other than the minute that CloudWatch counts in, for tests, which have less time */
    MetricsLog(String slotName, InstantSource clock, Duration interval) {
        this.slotName = slotName;
        this.clock = clock;
        this.interval = interval;
    }

    /** How often there is to be a line while an invocation goes on. */
    Duration interval() {
        return interval;
    }

    /** While an invocation goes on: what is new since the last line. Nothing of a run that was left behind. */
    synchronized void progress(long events, long bytes, Optional<SlotStatus> slot, Optional<Duration> lag) {
        if (!ended) {
            line(events, bytes, slot, lag).print();
        }
    }

    /** At the end of an invocation. */
    synchronized void end(RunReport report, Duration time) {
        ended = true;
        line(report.events(), report.bytes(), report.slot(), report.lag())
                .add(MetricNames.DURATION, MetricUnit.MILLISECONDS, time.toMillis())
                .add(MetricNames.DRAIN_FAILURES, MetricUnit.COUNT, report.reason() == StopReason.FAILED ? 1 : 0)
                .add(MetricNames.SLOT_BUSY, MetricUnit.COUNT, report.reason() == StopReason.SLOT_BUSY ? 1 : 0)
                .print();
    }

    private MetricLine line(long events, long bytes, Optional<SlotStatus> slot, Optional<Duration> lag) {
        MetricLine line = MetricLine.of(MetricNames.NAMESPACE, MetricNames.DIMENSION, slotName, clock.instant())
                .add(MetricNames.EVENTS_PUBLISHED, MetricUnit.COUNT, events - printedEvents)
                .add(MetricNames.BYTES_PUBLISHED, MetricUnit.BYTES, bytes - printedBytes);
        printedEvents = events;
        printedBytes = bytes;
        slot.ifPresent(status -> {
            line.add(MetricNames.SLOT_LAG_BYTES, MetricUnit.BYTES, status.lagBytes());
            status.retainedBytes()
                    .ifPresent(bytesOnDisk -> line.add(MetricNames.SLOT_RETAINED_BYTES, MetricUnit.BYTES, bytesOnDisk));
            line.add(MetricNames.WAL_STATUS_LOST, MetricUnit.COUNT, status.isLost() ? 1 : 0);
        });
        lag.ifPresent(
                age -> line.add(MetricNames.SLOT_LAG_SECONDS, MetricUnit.SECONDS, age.toMillis() / MILLIS_PER_SECOND));
        return line;
    }
}
