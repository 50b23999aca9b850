package io.walpost.aws.metrics;

/** The units of CloudWatch that Walpost's metrics have. */
public enum MetricUnit {
    COUNT("Count"),
    BYTES("Bytes"),
    SECONDS("Seconds"),
    MILLISECONDS("Milliseconds");

    private final String name;

    MetricUnit(String name) {
        this.name = name;
    }

    /** As CloudWatch spells it. */
    String cloudWatchName() {
        return name;
    }
}
