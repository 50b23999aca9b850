package io.walpost.relay;

import static org.assertj.core.api.Assertions.assertThat;

import io.walpost.outbox.Lsn;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class UntilPositionTest {

    private static final Duration LONG = Duration.ofMinutes(5);

    private final RelayMetrics metrics = new RelayMetrics(Clock.systemUTC());

    @Test
    void stopsWhenThePositionIsConfirmedAndNotWhenItIsOnlyAcknowledged() {
        UntilPosition until = new UntilPosition(new Lsn(100), metrics, Optional.empty());
        metrics.positions(100, 99);
        assertThat(until.requested()).isFalse();
        metrics.positions(100, 100);
        assertThat(until.requested()).isTrue();
        assertThat(until.isReached()).isTrue();
    }

    @Test
    void stopsWhenItsTimeIsOver() throws InterruptedException {
        UntilPosition until = new UntilPosition(new Lsn(100), metrics, Optional.of(Duration.ofMillis(20)));
        assertThat(until.await(LONG)).isTrue();
        assertThat(until.isReached()).isFalse();
    }

    @Test
    void stopsWhenItIsInterrupted() throws InterruptedException {
        UntilPosition until = new UntilPosition(new Lsn(100), metrics, Optional.of(LONG));
        Thread.ofPlatform().start(until::interrupt);
        assertThat(until.await(LONG)).isTrue();
        assertThat(until.isReached()).isFalse();
    }
}
