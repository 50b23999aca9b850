package io.walpost.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.walpost.relay.capture.CaptureSettings;
import io.walpost.relay.capture.TransactionFramer;
import io.walpost.relay.checkpoint.EventPosition;
import io.walpost.relay.checkpoint.FlushTracker;
import io.walpost.relay.failure.FailureKind;
import io.walpost.relay.failure.RelayException;
import io.walpost.relay.testing.RunningRelay;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ProgressReportTest {

    private static final Instant THEN = Instant.parse("2026-11-20T00:00:00Z");

    private final RelayMetrics metrics = new RelayMetrics(Clock.systemUTC());
    private final FlushTracker tracker = new FlushTracker(10, 1_000, 0, EventPosition.NONE);
    private final TransactionFramer framer =
            new TransactionFramer(CaptureSettings.ofTables("public.outboxevent"), captured -> {});
    private long now = 1_000;
    private boolean collecting;
    private final ProgressReport report = new ProgressReport(
            metrics,
            tracker,
            framer,
            RunningRelay.settings(10, Duration.ofMinutes(2)),
            500,
            () -> collecting,
            () -> now);

    /** A second passes, as it does for a session: acknowledgements are taken in, and the server is told. */
    private void second() throws RelayException {
        now += Duration.ofSeconds(1).toNanos();
        report.advance();
        report.confirmed(0);
    }

    @Test
    void isNoStallWhileNothingIsInFlight() throws RelayException {
        for (int i = 0; i < 3_600; i++) {
            second();
            assertThat(metrics.state()).isEqualTo(RelayState.STREAMING);
        }
    }

    @Test
    void noticesAnEventThatIsNotAcknowledged() throws RelayException {
        tracker.register(1, new EventPosition(1, 1));
        for (int i = 0; i < 9; i++) {
            second();
        }
        assertThat(metrics.state()).isEqualTo(RelayState.STREAMING);
        second();
        assertThat(metrics.state()).isEqualTo(RelayState.STALLED);
        tracker.acknowledge(0);
        second();
        assertThat(metrics.state()).isEqualTo(RelayState.STREAMING);
    }

    /** The server may take long to send a transaction, and a new start would have it begin again. */
    @Test
    void isNoStallWhileTheRestOfATransactionIsAwaited() throws RelayException {
        tracker.register(1, new EventPosition(1, 1));
        collecting = true;
        for (int i = 0; i < 600; i++) {
            second();
            assertThat(metrics.state()).isEqualTo(RelayState.STREAMING);
        }
        collecting = false;
        for (int i = 0; i < 10; i++) {
            second();
        }
        assertThat(metrics.state()).isEqualTo(RelayState.STALLED);
    }

    @Test
    void givesUpAfterTheTimeout() {
        tracker.register(1, new EventPosition(1, 1));
        assertThatExceptionOfType(RelayException.class)
                .isThrownBy(() -> {
                    for (int i = 0; i < 200; i++) {
                        second();
                    }
                })
                .withMessageContaining("has not acknowledged the oldest event for 121 s")
                .satisfies(failure -> assertThat(failure.kind()).isEqualTo(FailureKind.KAFKA_UNAVAILABLE));
    }

    @Test
    void endsWithTheCauseWhenARowCannotBePublished() throws RelayException {
        RelayException cause = new RelayException(FailureKind.EVENT_REFUSED, "no such topic");
        report.refused(new Outgoing.Refused(cause, THEN));
        report.refused(new Outgoing.Refused(cause, THEN));
        second();
        assertThat(metrics.state()).isEqualTo(RelayState.STALLED);
        assertThat(metrics.errors(FailureKind.EVENT_REFUSED)).isEqualTo(1);
        assertThat(metrics.isCaughtUp()).isFalse();
        assertThatExceptionOfType(RelayException.class)
                .isThrownBy(() -> {
                    for (int i = 0; i < 200; i++) {
                        second();
                    }
                })
                .isSameAs(cause);
    }

    /** As at the start of a session, while it is being read which keys are parked. */
    @Test
    void tellsTheCauseAlsoOfARowThatHadToWaitBefore() throws RelayException {
        RelayException cause = new RelayException(FailureKind.EVENT_REFUSED, "no such topic");
        report.waits(new Outgoing.Unrouted(null, null, THEN));
        report.refused(new Outgoing.Refused(cause, THEN));
        report.refused(new Outgoing.Refused(cause, THEN));
        assertThat(metrics.errors(FailureKind.EVENT_REFUSED)).isEqualTo(1);
    }

    @Test
    void noticesARowThatHasToWaitWithNothingInFlight() throws RelayException {
        report.waits(new Outgoing.Unrouted(null, null, THEN));
        for (int i = 0; i < 10; i++) {
            second();
        }
        assertThat(metrics.state()).isEqualTo(RelayState.STALLED);
    }

    @Test
    void isCaughtUpOnlyOnceTheServerHasSentWhatItHadAtTheStart() {
        report.nothingReceived();
        assertThat(metrics.isCaughtUp()).isFalse();
        report.heard(499);
        report.nothingReceived();
        assertThat(metrics.isCaughtUp()).isFalse();
        report.heard(500);
        report.nothingReceived();
        assertThat(metrics.isCaughtUp()).isTrue();
    }
}
