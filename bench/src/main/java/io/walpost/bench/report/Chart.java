package io.walpost.bench.report;

import io.walpost.bench.report.Report.Column;
import io.walpost.bench.report.Report.Row;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

/** Bars of the first metric that a report shows, as SVG that can be read on light and dark grounds. */
final class Chart {

    private static final int WIDTH = 860;
    private static final int LEFT = 290;
    private static final int RIGHT = 90;
    private static final int BAR = 18;
    private static final int GAP = 6;
    private static final int HEADING = 30;
    private static final List<String> COLOURS =
            List.of("#8a8f98", "#2f7d5b", "#c0683a", "#d9b08c", "#4a6fb3", "#7d5ba6");

    private final Report report;
    private final StringBuilder bars = new StringBuilder();
    private int y = GAP;

    private Chart(Report report) {
        this.report = report;
    }

    static String of(Report report) {
        return new Chart(report).draw();
    }

    private String draw() {
        double most = report.rows().stream()
                .flatMap(row -> report.columns().stream().map(column -> rate(row, column)))
                .filter(OptionalDouble::isPresent)
                .mapToDouble(OptionalDouble::getAsDouble)
                .max()
                .orElse(1);
        for (Row row : report.rows()) {
            if (report.columns().stream().anyMatch(column -> rate(row, column).isPresent())) {
                group(row, most);
            }
        }
        return """
                <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" font-family="sans-serif" font-size="13">
                <rect width="100%%" height="100%%" fill="#ffffff"/>
                %s</svg>
                """.formatted(WIDTH, y + GAP, bars);
    }

    private void group(Row row, double most) {
        bars.append("<text x=\"%d\" y=\"%d\" font-weight=\"bold\" fill=\"#222222\">%s, %s</text>%n"
                .formatted(GAP, y + BAR, row.label(), report.layout().chartUnit()));
        y += HEADING;
        for (int i = 0; i < report.columns().size(); i++) {
            OptionalDouble rate = rate(row, report.columns().get(i));
            if (rate.isPresent()) {
                bar(report.columns().get(i).label(), COLOURS.get(i % COLOURS.size()), rate.getAsDouble(), most);
            }
        }
        y += GAP;
    }

    private void bar(String label, String colour, double rate, double most) {
        double length = rate / most * (WIDTH - LEFT - RIGHT);
        int baseline = y + BAR - 4;
        bars.append(String.format(
                Locale.ROOT,
                "<text x=\"%d\" y=\"%d\" text-anchor=\"end\" fill=\"#222222\">%s</text>%n"
                        + "<rect x=\"%d\" y=\"%d\" width=\"%.1f\" height=\"%d\" fill=\"%s\"/>%n"
                        + "<text x=\"%.1f\" y=\"%d\" fill=\"#222222\">%,.0f</text>%n",
                LEFT - GAP,
                baseline,
                label,
                LEFT,
                y,
                length,
                BAR,
                colour,
                LEFT + length + GAP,
                baseline,
                rate));
        y += BAR + GAP;
    }

    private OptionalDouble rate(Row row, Column column) {
        return report.results()
                .median(row.id(), column.id(), report.layout().shown().getFirst());
    }
}
