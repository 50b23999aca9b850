package io.walpost.bench.report;

import io.walpost.bench.measure.Metric;
import java.util.List;

/** How the results of one kind of contender are shown. Each has a part of the page, which is written without the others. */
public enum Layout {
    RELAY(
            "<!-- Written by bench/run from here -->",
            "<!-- to here -->",
            "",
            "PostgreSQL 17 and Kafka 4.1",
            "Events a second while a backlog is drained",
            "events a second",
            List.of(
                    Metric.RATE,
                    Metric.RATE_FROM_START,
                    Metric.FIRST_EVENT,
                    Metric.PEAK_MEMORY,
                    Metric.CPU,
                    Metric.P50,
                    Metric.P99,
                    Metric.P999,
                    Metric.WRITTEN)),
    CONSUMERS(
            "<!-- Consumers: written by bench/run from here -->",
            "<!-- consumers: to here -->",
            "-consumers",
            "PostgreSQL 17, Kafka 4.1, Redis 6.2 and OpenSearch 3.5",
            "Effects a second while a topic is consumed from its beginning",
            "effects a second",
            List.of(
                    Metric.EFFECTS,
                    Metric.EFFECTS_FROM_START,
                    Metric.FIRST_EFFECT,
                    Metric.DUPLICATES,
                    Metric.DEAD_LETTERS,
                    Metric.PARKED,
                    Metric.PEAK_MEMORY,
                    Metric.CPU,
                    Metric.P50,
                    Metric.P99,
                    Metric.P999,
                    Metric.WRITTEN));

    private final String begin;
    private final String end;
    private final String suffix;
    private final String servers;
    private final String chartTitle;
    private final String chartUnit;
    private final List<Metric> shown;

    Layout(
            String begin,
            String end,
            String suffix,
            String servers,
            String chartTitle,
            String chartUnit,
            List<Metric> shown) {
        this.begin = begin;
        this.end = end;
        this.suffix = suffix;
        this.servers = servers;
        this.chartTitle = chartTitle;
        this.chartUnit = chartUnit;
        this.shown = shown;
    }

    /** The line before its part of the page. */
    String begin() {
        return begin;
    }

    /** The line behind its part of the page. */
    String end() {
        return end;
    }

    /** What tells the names of its files from those of other layouts. */
    public String suffix() {
        return suffix;
    }

    /** What runs beside the contenders. */
    String servers() {
        return servers;
    }

    String chartTitle() {
        return chartTitle;
    }

    String chartUnit() {
        return chartUnit;
    }

    /** The metrics of the table, in their order; the chart is of the first. */
    List<Metric> shown() {
        return shown;
    }
}
