package io.walpost.relay.backfill;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RateLimitTest {

    private long now = Long.MAX_VALUE - 1_000;

    /** Takes as much as it can for a time, waiting as long as it is told. */
    private int take(RateLimit limit, Duration time) {
        long end = now + time.toNanos();
        int taken = 0;
        while (now - end < 0) {
            Duration wait = limit.take();
            if (wait.isZero()) {
                taken++;
            } else {
                now += wait.toNanos();
            }
        }
        return taken;
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 1_000, 100_000})
    void keepsItsRate(int perSecond) {
        RateLimit limit = new RateLimit(perSecond, () -> now);
        assertThat(take(limit, Duration.ofSeconds(10))).isBetween(10 * perSecond - 1, 10 * perSecond + 1);
    }

    @Test
    void savesUpATenthOfASecondDuringAPauseAndNoMore() {
        RateLimit limit = new RateLimit(1_000, () -> now);
        take(limit, Duration.ofSeconds(1));
        now += Duration.ofMinutes(1).toNanos();
        assertThat(take(limit, Duration.ofSeconds(1))).isBetween(1_099, 1_101);
    }

    @Test
    void makesUpForWaitsThatTookLonger() {
        RateLimit limit = new RateLimit(100, () -> now);
        int taken = 0;
        for (long start = now; now - start < Duration.ofSeconds(10).toNanos(); ) {
            Duration wait = limit.take();
            if (wait.isZero()) {
                taken++;
            } else {
                now += wait.plusMillis(13).toNanos();
            }
        }
        assertThat(taken).isBetween(995, 1_001);
    }

    @Test
    void neverWaitsWithoutALimit() {
        RateLimit limit = new RateLimit(0, () -> now);
        for (int i = 0; i < 1_000; i++) {
            assertThat(limit.take()).isZero();
        }
    }
}
