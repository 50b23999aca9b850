package io.walpost.bench.contender;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class UsageTest {

    @Test
    void readsThePeakInKilobytes() {
        assertThat(Usage.peak("Name:\tjava\nVmPeak:\t  900 kB\nVmHWM:\t     12 kB\nVmRSS:\t 8 kB\n"))
                .isEqualTo(12 << 10);
    }

    @Test
    void addsUserAndKernelTimeWhateverTheProgramIsCalled() {
        assertThat(Usage.cpu("4711 (a) b (c)) S 1 2 3 4 5 6 7 8 9 10 250 50 13 14"))
                .isEqualTo(Duration.ofSeconds(3));
    }

    @Test
    void readsWhatThisProcessUses() {
        Usage usage = Usage.of(ProcessHandle.current().pid());
        assertThat(usage.peakBytes()).isGreaterThan(10 << 20);
        assertThat(usage.cpu()).isPositive().isLessThan(Duration.ofHours(1));
    }
}
