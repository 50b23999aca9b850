package io.walpost.consumer;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(10)
class DeadlineTest {

    @Test
    void isOverAtItsTime() {
        ManualClock clock = new ManualClock();
        Deadline deadline = new Deadline(clock, clock.instant().plusSeconds(5));
        assertThat(deadline.isOver()).isFalse();

        clock.patience().endsWithin(Duration.ofSeconds(5));

        assertThat(deadline.isOver()).isTrue();
        assertThat(deadline.endsWithin(Duration.ZERO)).isTrue();
    }

    @Test
    void doesNotBeginAWaitThatItWouldEnd() {
        Deadline deadline = new Deadline(Clock.systemUTC(), Instant.now().plus(Duration.ofHours(1)));

        assertThat(deadline.endsWithin(Duration.ofHours(2))).isTrue();
        assertThat(deadline.endsWithin(Duration.ofMillis(1))).isFalse();
    }

    @Test
    void endsForAThreadThatIsInterrupted() {
        Deadline deadline = new Deadline(Clock.systemUTC(), Instant.now().plus(Duration.ofHours(2)));
        Thread.currentThread().interrupt();

        assertThat(deadline.endsWithin(Duration.ofHours(1))).isTrue();
        assertThat(Thread.interrupted()).isTrue();
    }
}
