package io.walpost.relay;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class UntilDeadlineTest {

    private static final Duration LONG = Duration.ofMinutes(5);

    @Test
    void stopsWhenItsTimeIsOver() throws InterruptedException {
        UntilDeadline until = new UntilDeadline(Optional.of(Duration.ofMillis(20)));
        assertThat(until.await(LONG)).isTrue();
        assertThat(until.requested()).isTrue();
    }

    @Test
    void waitsNoLongerThanItIsToldTo() throws InterruptedException {
        UntilDeadline until = new UntilDeadline(Optional.of(LONG));
        assertThat(until.await(Duration.ofMillis(5))).isFalse();
        assertThat(new UntilDeadline(Optional.empty()).requested()).isFalse();
    }

    @Test
    void stopsWhenItIsInterrupted() throws InterruptedException {
        UntilDeadline until = new UntilDeadline(Optional.empty());
        Thread.ofPlatform().start(until::interrupt);
        assertThat(until.await(LONG)).isTrue();
    }
}
