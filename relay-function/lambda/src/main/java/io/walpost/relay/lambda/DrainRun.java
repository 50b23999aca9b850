package io.walpost.relay.lambda;

import io.walpost.outbox.Lsn;
import io.walpost.relay.failure.FailureKind;
import io.walpost.relay.failure.RelayException;
import io.walpost.relay.publish.PublishingLicence;
import io.walpost.relay.replication.SlotStatus;
import io.walpost.relay.runtime.Drain;
import io.walpost.relay.runtime.DrainReport;
import io.walpost.relay.runtime.Settings;
import java.time.Duration;
import java.util.Optional;

/** Publishes what is committed at its beginning. */
final class DrainRun implements Run {

    private final Settings settings;
    private final Duration limit;
    private final MetricsLog log;
    private final PublishingLicence licence = new PublishingLicence();

    /** Written by the thread that runs, read by the one that reports. */
    private volatile Drain drain;

    private volatile Optional<SlotStatus> slot = Optional.empty();

    /** @param limit the longest that it may take, from its start */
    DrainRun(Settings settings, Duration limit, MetricsLog log) {
        this.settings = settings;
        this.limit = limit;
        this.log = log;
    }

    @Override
    public void run() throws RelayException, InterruptedException {
        Drain begun = begin();
        slot = Optional.of(begun.slot());
        drain = begun;
        if (begun.isIdle()) {
            return;
        }
        MinuteMetrics minutes = new MinuteMetrics(settings.postgres(), begun.metrics(), log);
        minutes.start();
        try {
            begun.run();
        } finally {
            minutes.stop();
            slot = SlotLook.at(settings.postgres());
        }
    }

    private Drain begin() throws RelayException {
        try {
            return Drain.begin(settings, Optional.of(limit), licence);
        } catch (RelayException e) {
            if (e.kind() == FailureKind.SLOT_BUSY) {
                // Whoever reads it may be no function, which would say how far it is.
                slot = SlotLook.at(settings.postgres());
            }
            throw e;
        }
    }

    @Override
    public void giveUp() {
        Drain begun = drain;
        if (begun != null) {
            begun.interrupt();
        }
        licence.revoke();
    }

    @Override
    public RunReport report(Optional<RelayException> failure) {
        Drain begun = drain;
        if (begun == null) {
            return RunReport.ended(failure.orElseThrow(), slot);
        }
        DrainReport report = begun.report();
        boolean streamed = !begun.metrics().confirmedLsn().equals(Lsn.ZERO);
        Optional<RelayException> cause =
                failure.or(() -> report.reached() ? Optional.empty() : standstill(report, streamed));
        StopReason reason =
                cause.map(StopReason::of).orElse(report.reached() ? StopReason.DRAINED : StopReason.DEADLINE);
        return new RunReport(
                reason,
                report.events(),
                report.bytes(),
                Optional.of(report.from()),
                Optional.of(report.to()),
                Optional.of(report.target()),
                slot,
                reason == StopReason.SLOT_BUSY ? Optional.empty() : Optional.of(report.lag()),
                cause);
    }

    /** Time that was over is no failure if the next invocation begins further on; it is one if all of them end here. */
    private static Optional<RelayException> standstill(DrainReport report, boolean streamed) {
        if (report.to().isAfter(report.from())) {
            return Optional.empty();
        }
        return report.failure().or(() -> Optional.of(standstill(report.events(), streamed)));
    }

    private static RelayException standstill(long events, boolean streamed) {
        if (!streamed) {
            return Standstill.beforeTheStream();
        }
        return events == 0 ? Standstill.withoutAcknowledgement() : Standstill.inATransaction(events);
    }
}
