package io.walpost.demo.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import io.walpost.demo.check.Latencies;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class ScreenTest {

    private static final String ESCAPE = "\u001b";
    private static final String BLOCK_ABOVE = ESCAPE + "[10A";

    private final ByteArrayOutputStream output = new ByteArrayOutputStream();
    private final PrintStream out = new PrintStream(output, true, StandardCharsets.UTF_8);

    private static Snapshot snapshot(long lagBytes, double lagSeconds) {
        return new Snapshot(
                Duration.ofSeconds(7),
                100,
                50,
                4,
                77,
                0,
                3,
                lagBytes,
                lagSeconds,
                new Latencies(Duration.ofMillis(5), Duration.ofMillis(15)),
                List.of(new ConsumerRow(
                        "billing",
                        OptionalDouble.of(70),
                        OptionalDouble.of(2),
                        OptionalDouble.of(1),
                        OptionalDouble.of(0.04),
                        OptionalDouble.of(0.0061),
                        OptionalDouble.empty())));
    }

    private String written() {
        String text = output.toString(StandardCharsets.UTF_8);
        output.reset();
        return text;
    }

    @Test
    void writesPlainLinesWhereNobodyRedraws() {
        Screen screen = Screen.of("plain", out);
        screen.title("Title");
        screen.done("part", "port 1");
        screen.show(snapshot(2048, 0.25));
        screen.result(false, "FAILED");

        assertThat(written())
                .doesNotContain(ESCAPE)
                .contains("7 s  50/100 orders committed, 4 rolled back; 77 events published; applied: billing 70;"
                        + " lag 3 events, 2 KiB, 0.3 s; p50 5.0 ms, p99 15.0 ms");
    }

    @Test
    void redrawsItsBlockOnATerminal() {
        Screen screen = Screen.of("live", out);
        screen.show(snapshot(12, 0));
        assertThat(written())
                .doesNotContain(BLOCK_ABOVE)
                .contains("50 of 100")
                .containsPattern("applied +duplicates +dead letters +lag +p50 +p99")
                .containsPattern("billing +70 +2 +1 +0\\.0 s +6 ms +\\?");

        screen.show(snapshot(12, 0));
        assertThat(written()).startsWith(BLOCK_ABOVE);
    }

    @Test
    void leavesWhatStandsAboveALineAlone() {
        Screen screen = Screen.of("live", out);
        screen.show(snapshot(12, 0));
        screen.line("a line");
        written();

        screen.show(snapshot(12, 0));
        assertThat(written()).doesNotContain(BLOCK_ABOVE);
    }

    @Test
    void saysWhatIsNotKnown() {
        assertThat(snapshot(-1, -1).lag()).isEqualTo("3 events, ? bytes, ? s");
        assertThat(snapshot(5 << 20, 1).lag()).isEqualTo("3 events, 5 MiB, 1.0 s");
    }
}
