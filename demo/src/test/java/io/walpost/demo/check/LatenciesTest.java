package io.walpost.demo.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class LatenciesTest {

    @Test
    void areNearestRanks() {
        List<Duration> upTo200 =
                LongStream.rangeClosed(1, 200).mapToObj(Duration::ofMillis).toList();

        assertThat(Latencies.of(upTo200)).isEqualTo(new Latencies(Duration.ofMillis(100), Duration.ofMillis(198)));
    }

    @Test
    void ofOneAreThatOne() {
        assertThat(Latencies.of(List.of(Duration.ofMillis(3)))).hasToString("p50 3.0 ms, p99 3.0 ms");
    }

    @Test
    void ofNoneAreZero() {
        assertThat(Latencies.of(List.of())).hasToString("p50 0.0 ms, p99 0.0 ms");
    }
}
