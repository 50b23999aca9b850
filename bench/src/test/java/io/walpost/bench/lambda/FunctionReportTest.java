package io.walpost.bench.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import io.walpost.bench.lambda.InvocationTimes.Times;
import io.walpost.bench.measure.Handover.Gap;
import org.junit.jupiter.api.Test;

class FunctionReportTest {

    private static final FunctionTargets TARGETS = new FunctionTargets(80, 1_500, 100, 500);
    private static final Times TIMES = new Times(980, 1_090, 170, 16);
    private static final Gap RELIEF = new Gap(6_001, 2, 66, 106, 0);
    private static final Gap EXACTLY_ONCE = new Gap(5_998, 3, 600, 700, 0);

    @Test
    void saysOfEachTargetWhetherItIsMet() {
        String text = new FunctionReport(38.2, TIMES, RELIEF, EXACTLY_ONCE).text(TARGETS);
        assertThat(text.replaceAll(" +", " ")).isEqualToNormalizingNewlines("""
                        | what | measured | target | |
                        %s
                        | unzipped | 38 MB | 80 MB | met |
                        | cold, from the start of the process to the first event in the topic | 0.98 s | 1.50 s | met |
                        | cold, to the answer | 1.09 s | | |
                        | warm, with one event, to the answer | 0.17 s | | |
                        | warm, with nothing to do | 16 ms | 100 ms | met |
                        | from commit to consumer at 500 events/s, 2 s before to 2 s after a relief\
                         | p50 2 ms, p99 66 ms, longest 106 ms; no duplicates | p99 500 ms | met |
                        | the same with exactly-once delivery | p50 3 ms, p99 600 ms, longest 700 ms; no duplicates | | |

                        Events about the reliefs: 6,001, and 5,998 with exactly-once delivery.
                        """.formatted(
                        text.lines().skip(1).findFirst().orElseThrow()));
    }

    @Test
    void saysWhichAreMissed() {
        FunctionReport report = new FunctionReport(
                80.1, new Times(1_501, 1_600, 170, 101), new Gap(6_001, 2, 500.4, 900, 3), EXACTLY_ONCE);
        assertThat(report.text(TARGETS).lines().filter(line -> line.contains("**missed**")))
                .hasSize(4)
                .allMatch(line -> line.endsWith("| **missed** |"))
                .last()
                .asString()
                .contains("longest 900 ms; 3 duplicates");
    }

    @Test
    void isMetByWhatIsJustEnough() {
        FunctionReport report =
                new FunctionReport(80, new Times(1_500, 1_600, 170, 100), new Gap(6_001, 2, 500, 900, 0), EXACTLY_ONCE);
        assertThat(report.text(TARGETS)).doesNotContain("missed");
    }
}
