package io.walpost.relay;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;

class BackoffTest {

    private static final Duration MIN = Duration.ofMillis(100);
    private static final Duration MAX = Duration.ofSeconds(1);

    private final Backoff backoff = new Backoff(MIN, MAX, new Random(1));

    @Test
    void doublesUpToItsLimitAndVariesWithinTheUpperHalf() {
        for (long ceiling : new long[] {100, 200, 400, 800, 1_000, 1_000}) {
            assertThat(backoff.next()).isBetween(Duration.ofMillis(ceiling / 2), Duration.ofMillis(ceiling));
        }
    }

    @Test
    void beginsAnewAfterASuccess() {
        for (int i = 0; i < 10; i++) {
            backoff.next();
        }
        backoff.reset();
        assertThat(backoff.next()).isLessThanOrEqualTo(MIN);
    }
}
