package io.walpost.consumer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RetryPolicyTest {

    private static final RetryPolicy POLICY =
            new RetryPolicy(Duration.ofMillis(100), Duration.ofSeconds(5), 3, Duration.ofMinutes(1));

    @ParameterizedTest
    @CsvSource({"1, 50, 100", "2, 100, 200", "3, 200, 400", "6, 1600, 3200", "7, 2500, 5000", "2000000000, 2500, 5000"})
    void doublesUpToItsMaximumAndSpreads(int attempt, long least, long most) {
        Random random = new Random(1);
        for (int i = 0; i < 1000; i++) {
            assertThat(POLICY.delayAfter(attempt, random)).isBetween(Duration.ofMillis(least), Duration.ofMillis(most));
        }
        assertThat(POLICY.delayAfter(attempt, random)).isNotEqualTo(POLICY.delayAfter(attempt, random));
    }

    @Test
    void refusesWhatCannotBe() {
        Duration second = Duration.ofSeconds(1);
        assertThatIllegalArgumentException().isThrownBy(() -> new RetryPolicy(Duration.ZERO, second, 1, second));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new RetryPolicy(second, Duration.ofMillis(999), 1, second));
        assertThatIllegalArgumentException().isThrownBy(() -> new RetryPolicy(second, second, 0, second));
        assertThatIllegalArgumentException().isThrownBy(() -> new RetryPolicy(second, second, 1, Duration.ZERO));
    }
}
