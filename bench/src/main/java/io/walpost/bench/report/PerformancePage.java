package io.walpost.bench.report;

import io.walpost.bench.site.BenchException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The page in the documentation: what is between two marks is written anew, and what is around them is kept. */
public final class PerformancePage {

    private static final String BEGIN = "<!-- Written by bench/run from here -->";
    private static final String END = "<!-- to here -->";

    private PerformancePage() {}

    /** Writes the page, and the chart beside it. A page that does not exist is made. */
    public static void write(Path page, Report report) {
        String chartName = page.getFileName().toString().replaceFirst("\\.md$", "") + ".svg";
        try {
            Path folder = Files.createDirectories(page.toAbsolutePath().getParent());
            Files.writeString(folder.resolve(chartName), Chart.of(report));
            String before =
                    Files.exists(page) ? Files.readString(page) : "# Performance\n\n" + BEGIN + "\n" + END + "\n";
            Files.writeString(page, replaced(before, generated(report, chartName), page));
        } catch (IOException e) {
            throw new BenchException("Cannot write " + page + ": " + e.getMessage(), e);
        }
    }

    private static String generated(Report report, String chart) {
        return """

                %s Medians of %d rounds, in each of which all have their turn.

                ![Events a second while a backlog is drained](%s)

                %s
                %s
                """.formatted(
                        report.machine().description(), report.rounds(), chart, report.table(), report.targetTable());
    }

    static String replaced(String page, String generated, Path name) {
        int begin = page.indexOf(BEGIN);
        int end = page.indexOf(END);
        if (begin < 0 || end < begin) {
            throw new BenchException(name + " lacks the lines '" + BEGIN + "' and '" + END + "'. Put them back.");
        }
        return page.substring(0, begin + BEGIN.length()) + "\n" + generated + page.substring(end);
    }
}
