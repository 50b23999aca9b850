package io.walpost.bench.report;

import io.walpost.bench.measure.Metric;
import io.walpost.bench.measure.Results;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/** The medians as tables. */
public record Report(
        Layout layout,
        Results results,
        List<Column> columns,
        List<Row> rows,
        List<Target> targets,
        Machine machine,
        int rounds) {

    /** A contender. */
    public record Column(String id, String label) {}

    /** A scenario. */
    public record Row(String id, String label) {}

    /** Table and targets in Markdown, which a terminal shows well enough. */
    public String text() {
        return table() + System.lineSeparator() + targetTable();
    }

    String table() {
        List<List<String>> lines = new ArrayList<>();
        List<String> head = new ArrayList<>(List.of("", ""));
        columns.forEach(column -> head.add(column.label()));
        lines.add(head);
        for (Row row : rows) {
            for (Metric metric : layout.shown()) {
                List<String> line = new ArrayList<>(List.of(row.label(), title(metric)));
                columns.forEach(column -> line.add(cell(row, column, metric)));
                if (line.stream().skip(2).anyMatch(cell -> !cell.isEmpty())) {
                    lines.add(line);
                }
            }
        }
        return MarkdownTable.of(lines);
    }

    private String cell(Row row, Column column, Metric metric) {
        OptionalDouble median = results.median(row.id(), column.id(), metric);
        return median.isPresent() ? Figures.of(metric, median.getAsDouble()) : "";
    }

    String targetTable() {
        List<List<String>> lines = new ArrayList<>();
        lines.add(List.of("Target", "wanted", "reached", ""));
        for (Target target : targets) {
            OptionalDouble reached = target.reached(results);
            lines.add(List.of(
                    target.what(),
                    target.wanted(),
                    reached.isPresent() ? target.written(reached.getAsDouble()) : "",
                    reached.isEmpty() ? "not measured" : target.isMetBy(reached.getAsDouble()) ? "met" : "**missed**"));
        }
        return MarkdownTable.of(lines);
    }

    private static String title(Metric metric) {
        return switch (metric) {
            case RATE -> "from first to last event";
            case EFFECTS -> "from first to last effect";
            case RATE_FROM_START, EFFECTS_FROM_START -> "from the start of the process";
            case FIRST_EVENT -> "first event after";
            case FIRST_EFFECT -> "first effect after";
            case PEAK_MEMORY -> "peak memory";
            case CPU -> "CPU a million events";
            case DUPLICATES -> "duplicates";
            case DEAD_LETTERS -> "dead letters";
            case PARKED -> "parked behind these";
            case P50 -> "latency p50";
            case P99 -> "latency p99";
            case P999 -> "latency p99.9";
            case WRITTEN -> "written";
        };
    }
}
