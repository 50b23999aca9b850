package io.walpost.bench.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.walpost.bench.measure.Metric;
import io.walpost.bench.measure.Results;
import io.walpost.bench.measure.Sample;
import io.walpost.bench.report.Report.Column;
import io.walpost.bench.report.Report.Row;
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

    private static Report report(double relay, double debezium) {
        Results results = new Results();
        results.add(new Sample("drain", "relay", 1, Map.of(Metric.RATE, relay)));
        results.add(new Sample("drain", "debezium", 1, Map.of(Metric.RATE, debezium)));
        return new Report(
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
