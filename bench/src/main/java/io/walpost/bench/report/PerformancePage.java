package io.walpost.bench.report;

import io.walpost.bench.site.BenchException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The page in the documentation: what is between the two marks of a layout is written anew, and all else is kept. */
public final class PerformancePage {

    private PerformancePage() {}

    /** Writes the report's part of the page, and its chart beside it. A page that does not exist is made. */
    public static void write(Path page, Report report) {
        Layout layout = report.layout();
        String chartName = page.getFileName().toString().replaceFirst("\\.md$", "") + layout.suffix() + ".svg";
        try {
            Path folder = Files.createDirectories(page.toAbsolutePath().getParent());
            Files.writeString(folder.resolve(chartName), Chart.of(report));
            String before = Files.exists(page) ? Files.readString(page) : empty();
            Files.writeString(page, replaced(before, layout, generated(report, chartName), page));
        } catch (IOException e) {
            throw new BenchException("Cannot write " + page + ": " + e.getMessage(), e);
        }
    }

    private static String empty() {
        return Stream.of(Layout.values())
                .map(layout -> layout.begin() + "\n" + layout.end() + "\n")
                .collect(Collectors.joining("\n", "# Performance\n\n", ""));
    }

    private static String generated(Report report, String chart) {
        return """

                %s %s

                ![%s](%s)

                %s
                %s
                """.formatted(
                        report.machine().description(report.layout().servers()),
                        rounds(report.rounds()),
                        report.layout().chartTitle(),
                        chart,
                        report.table(),
                        report.targetTable());
    }

    private static String rounds(int rounds) {
        return rounds == 1
                ? "One round."
                : "Medians of %d rounds, in each of which all have their turn.".formatted(rounds);
    }

    static String replaced(String page, Layout layout, String generated, Path name) {
        int begin = page.indexOf(layout.begin());
        int end = page.indexOf(layout.end(), begin);
        if (begin < 0 || end < begin) {
            throw new BenchException(
                    name + " lacks the lines '" + layout.begin() + "' and '" + layout.end() + "'. Put them back.");
        }
        return page.substring(0, begin + layout.begin().length()) + "\n" + generated + page.substring(end);
    }
}
