package io.walpost.relay.lambda;

import io.walpost.outbox.Lsn;
import io.walpost.relay.RelayMetrics;
import io.walpost.relay.UntilDeadline;
import io.walpost.relay.failure.FailureKind;
import io.walpost.relay.failure.RelayException;
import io.walpost.relay.publish.PublishingLicence;
import io.walpost.relay.replication.SlotStatus;
import io.walpost.relay.runtime.Settings;
import io.walpost.relay.runtime.StandbyRelay;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;

/** Publishes until its time is over; before that it waits for the slot, for as long as another relay holds it. */
final class ContinuousRun implements Run {

    private final Settings settings;
    private final UntilDeadline deadline;
    private final MinuteMetrics minutes;
    private final PublishingLicence licence = new PublishingLicence();
    private final RelayMetrics metrics = new RelayMetrics(Clock.systemUTC());

    private volatile Optional<SlotStatus> before = Optional.empty();
    private volatile Optional<SlotStatus> after = Optional.empty();

    /** @param limit the longest that it may take, from now */
    ContinuousRun(Settings settings, Duration limit, MetricsLog log) {
        this.settings = settings;
        this.deadline = new UntilDeadline(Optional.of(limit));
        this.minutes = new MinuteMetrics(settings.postgres(), metrics, log);
    }

    @Override
    public void run() throws RelayException, InterruptedException {
        minutes.start();
        try {
            before = SlotLook.at(settings.postgres());
            new StandbyRelay(settings, metrics, licence).run(deadline);
        } finally {
            minutes.stop();
            after = SlotLook.at(settings.postgres());
        }
    }

    @Override
    public RunReport report(Optional<RelayException> failure) {
        boolean streamed = !metrics.confirmedLsn().equals(Lsn.ZERO);
        Optional<Lsn> from = before.map(SlotStatus::confirmed);
        Optional<Lsn> to = streamed ? Optional.of(metrics.confirmedLsn()) : from;
        boolean moved = streamed && from.map(to.get()::isAfter).orElse(true);
        Optional<RelayException> cause =
                failure.or(this::refusedLogin).or(() -> moved ? Optional.empty() : standstill());
        StopReason reason = cause.map(StopReason::of).orElse(StopReason.DEADLINE);
        return new RunReport(
                reason, metrics.events(), metrics.bytes(), from, to, Optional.empty(), after, lag(reason), cause);
    }

    /** The next invocation will be refused just so, unless somebody mends it. */
    private Optional<RelayException> refusedLogin() {
        return metrics.failureSinceOpen().filter(last -> last.kind() == FailureKind.AUTHENTICATION);
    }

    /** None if nothing failed and nothing was published: then there was nothing to publish. */
    private Optional<RelayException> standstill() {
        return metrics.lastFailure()
                .or(() -> metrics.events() > 0
                        ? Optional.of(Standstill.inATransaction(metrics.events()))
                        : Optional.empty());
    }

    @Override
    public void giveUp() {
        deadline.interrupt();
        licence.revoke();
    }

    private Optional<Duration> lag(StopReason reason) {
        return reason == StopReason.SLOT_BUSY ? Optional.empty() : Optional.of(metrics.lag());
    }
}
