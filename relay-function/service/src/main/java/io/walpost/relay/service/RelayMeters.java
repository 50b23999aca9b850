package io.walpost.relay.service;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.BaseUnits;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.walpost.relay.RelayMetrics;
import io.walpost.relay.RelayState;
import io.walpost.relay.failure.FailureKind;
import io.walpost.relay.replication.SlotStatus;
import io.walpost.relay.replication.SlotVerdict;
import io.walpost.relay.replication.WalBudget;
import io.walpost.relay.runtime.Settings;
import jakarta.inject.Singleton;
import java.util.OptionalLong;
import java.util.function.ToDoubleFunction;

/** Shows the relay's metrics to Micrometer. A value that is not known is NaN. */
@Singleton
class RelayMeters implements MeterBinder {

    private static final double MILLIS_PER_SECOND = 1_000;

    private final RelayMetrics metrics;
    private final SlotMonitor monitor;
    private final WalBudget budget;

    RelayMeters(RelayMetrics metrics, SlotMonitor monitor, Settings settings) {
        this.metrics = metrics;
        this.monitor = monitor;
        this.budget = settings.walBudget();
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        if (RelayService.current().isStreaming()) {
            bindRelay(registry);
        }
    }

    private void bindRelay(MeterRegistry registry) {
        counter(registry, "walpost.relay.events", "Events acknowledged by Kafka", RelayMetrics::events);
        counter(registry, "walpost.relay.bytes", "Bytes of those events, uncompressed", RelayMetrics::bytes);
        counter(registry, "walpost.relay.reconnects", "Streams opened after the first one", RelayMetrics::reconnects);
        gauge(registry, "walpost.relay.in.flight.events", "Events not acknowledged yet", RelayMetrics::inFlightEvents);
        gauge(registry, "walpost.relay.in.flight.bytes", "Bytes not acknowledged yet", RelayMetrics::inFlightBytes);
        gauge(
                registry,
                "walpost.relay.acknowledged.lsn",
                "Up to where all events are acknowledged, as a number",
                m -> m.acknowledgedLsn().value());
        gauge(
                registry,
                "walpost.relay.confirmed.lsn",
                "Up to where the slot is confirmed, as a number",
                m -> m.confirmedLsn().value());
        gauge(
                registry,
                "walpost.relay.lag.seconds",
                "Age of the oldest event that is not acknowledged",
                m -> m.lag().toMillis() / MILLIS_PER_SECOND);
        slot(registry, "walpost.relay.lag.bytes", "Log that the relay has not confirmed", SlotStatus::lagBytes);
        slot(
                registry,
                "walpost.relay.slot.retained.bytes",
                "Log that the server keeps on disk for the slot",
                status -> known(status.retainedBytes()));
        slot(
                registry,
                "walpost.relay.slot.safe.wal.bytes",
                "Log that may still be written before the server gives the slot up; unknown if it sets no limit",
                status -> known(status.safeBytes()));
        Gauge.builder("walpost.relay.wal.budget.bytes", budget, WalBudget::bytes)
                .description("Log that the slot may hold back: walpost.relay.wal-budget")
                .register(registry);
        for (String label : SlotVerdict.labels()) {
            Gauge.builder("walpost.relay.slot.state", monitor, m -> isVerdict(m, label))
                    .description("1 for how the slot stands to its budget")
                    .tag("state", label)
                    .register(registry);
        }
        for (FailureKind kind : FailureKind.values()) {
            FunctionCounter.builder("walpost.relay.errors", metrics, m -> m.errors(kind))
                    .description("Failures by kind")
                    .tag("kind", kind.label())
                    .register(registry);
        }
        gauge(registry, "walpost.relay.parked.keys", "Keys whose events are set aside", RelayMetrics::parkedKeys);
        for (String kind : RelayMetrics.deadLetterKinds()) {
            FunctionCounter.builder("walpost.relay.dead.letters", metrics, m -> m.deadLetters(kind))
                    .description("Events handed over as dead letters by kind")
                    .tag("kind", kind)
                    .register(registry);
        }
        for (RelayState state : RelayState.values()) {
            Gauge.builder("walpost.relay.state", metrics, m -> m.state() == state ? 1 : 0)
                    .description("1 for the state that the relay is in")
                    .tag("state", state.label())
                    .register(registry);
        }
    }

    private void counter(
            MeterRegistry registry, String name, String description, ToDoubleFunction<RelayMetrics> value) {
        FunctionCounter.builder(name, metrics, value).description(description).register(registry);
    }

    private void gauge(MeterRegistry registry, String name, String description, ToDoubleFunction<RelayMetrics> value) {
        Gauge.builder(name, metrics, value).description(description).register(registry);
    }

    private void slot(MeterRegistry registry, String name, String description, ToDoubleFunction<SlotStatus> value) {
        Gauge.builder(name, monitor, m -> m.status()
                        .map(status -> value.applyAsDouble(status))
                        .orElse(Double.NaN))
                .description(description)
                .baseUnit(BaseUnits.BYTES)
                .register(registry);
    }

    private static double isVerdict(SlotMonitor monitor, String label) {
        return monitor.verdict()
                .map(verdict -> verdict.label().equals(label) ? 1.0 : 0.0)
                .orElse(Double.NaN);
    }

    private static double known(OptionalLong value) {
        return value.isPresent() ? value.getAsLong() : Double.NaN;
    }
}
