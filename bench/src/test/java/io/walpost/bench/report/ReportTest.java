package io.walpost.bench.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.walpost.bench.measure.Metric;
import io.walpost.bench.measure.Results;
import io.walpost.bench.measure.Sample;
import io.walpost.bench.report.Report.Column;
import io.walpost.bench.report.Report.Row;
import io.walpost.bench.report.Target.Figure;
import io.walpost.bench.site.BenchException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportTest {

    private static final Machine MACHINE =
            new Machine("A processor", 2, 8L << 30, "Linux 6", "Java 25", "0.1", LocalDate.of(2026, 11, 20));

    @TempDir
    private Path folder;

    private static Report ofConsumers(double billing) {
        Results results = new Results();
        results.add(new Sample("consume", "billing", 1, Map.of(Metric.EFFECTS, billing, Metric.DEAD_LETTERS, 17.0)));
        return new Report(
                Layout.CONSUMERS,
                results,
                List.of(new Column("billing", "Billing")),
                List.of(new Row("consume", "Consume")),
                List.of(Target.atLeast("Billing", new Figure("consume", "billing", Metric.EFFECTS), 3_000)),
                MACHINE,
                3);
    }

    private static Report report(double relay, double debezium) {
        Results results = new Results();
        results.add(new Sample("drain", "relay", 1, Map.of(Metric.RATE, relay)));
        results.add(new Sample("drain", "debezium", 1, Map.of(Metric.RATE, debezium)));
        return new Report(
                Layout.RELAY,
                results,
                List.of(new Column("relay", "Relay"), new Column("debezium", "Debezium")),
                List.of(new Row("drain", "Drain")),
                List.of(
                        Target.atLeast("Rate", "drain", Metric.RATE, 4.5, "debezium"),
                        Target.atMost("Memory", "drain", Metric.PEAK_MEMORY, 0.3, "debezium")),
                MACHINE,
                3);
    }

    @Test
    void saysOfEachTargetWhetherItIsMet() {
        assertThat(report(100_000, 20_000).targetTable())
                .containsPattern("Rate +\\| ≥ 4.5 × debezium +\\| 5.00 +\\| met")
                .containsPattern("Memory +\\| ≤ 0.3 × debezium +\\| +\\| not measured");
        assertThat(report(100_000, 25_000).targetTable()).containsPattern("4.00 +\\| \\*\\*missed\\*\\*");
    }

    @Test
    void saysWhetherAFigureIsReached() {
        assertThat(ofConsumers(4_200).targetTable())
                .containsPattern("Billing +\\| ≥ 3,000 effects/s +\\| 4,200 effects/s +\\| met");
        assertThat(ofConsumers(2_900).targetTable()).containsPattern("2,900 effects/s +\\| \\*\\*missed\\*\\*");
    }

    @Test
    void showsOnlyWhatWasMeasured() {
        assertThat(report(100_000, 20_000).table())
                .contains("100,000 events/s")
                .doesNotContain("latency")
                .doesNotContain("memory");
    }

    @Test
    void replacesThePartOfThePageBetweenTheMarksAndKeepsTheRest() throws Exception {
        Path page = folder.resolve("performance.md");
        PerformancePage.write(page, report(100_000, 20_000));
        Files.writeString(page, "Before\n" + Files.readString(page) + "After\n");
        PerformancePage.write(page, report(70_000, 20_000));
        assertThat(page)
                .content()
                .startsWith("Before\n")
                .endsWith("After\n")
                .contains("70,000 events/s")
                .contains("](performance.svg)")
                .doesNotContain("100,000 events/s");
    }

    @Test
    void writesThePartOfTheRelayAndThatOfTheConsumersWithoutTouchingTheOther() throws Exception {
        Path page = folder.resolve("performance.md");
        PerformancePage.write(page, report(100_000, 20_000));
        PerformancePage.write(page, ofConsumers(4_200));
        assertThat(page).content().contains("100,000 events/s", "4,200 effects/s", "17 records", "-consumers.svg");
        String relay = Files.readString(folder.resolve("performance.svg"));

        PerformancePage.write(page, ofConsumers(5_300));
        assertThat(page)
                .content()
                .contains("100,000 events/s", "5,300 effects/s")
                .doesNotContain("4,200");
        assertThat(folder.resolve("performance.svg")).hasContent(relay);

        PerformancePage.write(page, report(70_000, 20_000));
        assertThat(page)
                .content()
                .contains("70,000 events/s", "5,300 effects/s")
                .doesNotContain("100,000");
    }

    @Test
    void refusesAPageWithoutTheMarks() throws Exception {
        Path page = Files.writeString(folder.resolve("performance.md"), "No marks");
        Report report = report(1, 1);
        assertThatThrownBy(() -> PerformancePage.write(page, report))
                .isInstanceOf(BenchException.class)
                .hasMessageContaining("Put them back");
        assertThat(page).hasContent("No marks");
    }

    @Test
    void drawsAChartThatIsXmlWithABarAContender() throws Exception {
        Path page = folder.resolve("page.md");
        PerformancePage.write(page, report(100_000, 20_000));
        var chart = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(folder.resolve("page.svg").toFile());
        assertThat(chart.getElementsByTagName("rect").getLength()).isEqualTo(1 + 2);
    }
}
