package io.walpost.aws.metrics;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * One line of CloudWatch's embedded metric format. A function that prints it has said its metrics: CloudWatch Logs reads
 * them out of the log, so that it needs no client, no permission and no time for them.
 *
 * <p>Values that are not known are left out; zero is a value. For use by one thread.
 *
 * @see <a href="https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html">Specification:
 *     Embedded metric format</a>
 */
public final class MetricLine {

    /** "Metrics": more of them in one directive make CloudWatch drop the whole line. */
    private static final int MOST_METRICS = 100;

    private static final JsonFactory JSON = new JsonFactory();

    private final String namespace;
    private final String dimension;
    private final String dimensionValue;
    private final Instant at;
    private final Map<String, Metric> metrics = new LinkedHashMap<>();

    private record Metric(MetricUnit unit, Value value) {}

    /** Writes what the metric's name stands for. */
    @FunctionalInterface
    private interface Value {
        void write(JsonGenerator json) throws IOException;
    }

    private MetricLine(String namespace, String dimension, String dimensionValue, Instant at) {
        this.namespace = requireText(namespace, "namespace");
        this.dimension = requireText(dimension, "dimension");
        this.dimensionValue = requireText(dimensionValue, "value of the dimension");
        this.at = Objects.requireNonNull(at, "at");
    }

    /**
     * A line without metrics.
     *
     * @param namespace as in {@code Walpost/Relay}
     * @param dimension the name of the one dimension, as in {@code Slot}
     * @param dimensionValue what distinguishes these metrics from others of their names
     * @param at when the values were taken
     */
    public static MetricLine of(String namespace, String dimension, String dimensionValue, Instant at) {
        return new MetricLine(namespace, dimension, dimensionValue, at);
    }

    /**
     * Adds one value.
     *
     * @throws IllegalArgumentException if it is not finite, or the name is taken: CloudWatch would drop it
     */
    public MetricLine add(String name, MetricUnit unit, double value) {
        if (!Double.isFinite(value)) {
            throw new IllegalArgumentException(name + " is " + value + ", which is no value for CloudWatch");
        }
        return add(name, unit, json -> writeNumber(json, value));
    }

    /** Adds many values; none if there are none. Of them CloudWatch can tell percentiles. */
    public MetricLine add(String name, MetricUnit unit, Distribution values) {
        Distribution.Bins bins = values.bins();
        return bins.values().isEmpty() ? this : add(name, unit, json -> write(json, bins));
    }

    private MetricLine add(String name, MetricUnit unit, Value value) {
        requireText(name, "name of a metric");
        if (metrics.size() == MOST_METRICS) {
            throw new IllegalArgumentException("CloudWatch takes no more than " + MOST_METRICS + " metrics in a line");
        }
        if (name.equals(dimension) || metrics.putIfAbsent(name, new Metric(unit, value)) != null) {
            throw new IllegalArgumentException(name + " is in this line already");
        }
        return this;
    }

    /** Puts the line on standard output, unless it says nothing. */
    public void print() {
        if (!metrics.isEmpty()) {
            System.out.println(this);
        }
    }

    /** The line, without an end of line. */
    @Override
    public String toString() {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(text)) {
            json.writeStartObject();
            writeMetadata(json);
            json.writeStringField(dimension, dimensionValue);
            for (Map.Entry<String, Metric> metric : metrics.entrySet()) {
                json.writeFieldName(metric.getKey());
                metric.getValue().value().write(json);
            }
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }

    private void writeMetadata(JsonGenerator json) throws IOException {
        json.writeObjectFieldStart("_aws");
        json.writeNumberField("Timestamp", at.toEpochMilli());
        json.writeArrayFieldStart("CloudWatchMetrics");
        json.writeStartObject();
        json.writeStringField("Namespace", namespace);
        json.writeArrayFieldStart("Dimensions");
        json.writeArray(new String[] {dimension}, 0, 1);
        json.writeEndArray();
        json.writeArrayFieldStart("Metrics");
        for (Map.Entry<String, Metric> metric : metrics.entrySet()) {
            json.writeStartObject();
            json.writeStringField("Name", metric.getKey());
            json.writeStringField("Unit", metric.getValue().unit().cloudWatchName());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
        json.writeEndArray();
        json.writeEndObject();
    }

    private static void write(JsonGenerator json, Distribution.Bins bins) throws IOException {
        json.writeStartObject();
        json.writeArrayFieldStart("Values");
        for (double value : bins.values()) {
            writeNumber(json, value);
        }
        json.writeEndArray();
        json.writeArrayFieldStart("Counts");
        for (long count : bins.counts()) {
            json.writeNumber(count);
        }
        json.writeEndArray();
        json.writeFieldName("Min");
        writeNumber(json, bins.min());
        json.writeFieldName("Max");
        writeNumber(json, bins.max());
        json.writeNumberField("Count", bins.count());
        json.writeFieldName("Sum");
        writeNumber(json, bins.sum());
        json.writeEndObject();
    }

    /** Counts and bytes are easier to read in a log without a fraction. */
    private static void writeNumber(JsonGenerator json, double value) throws IOException {
        if (value == Math.rint(value) && Math.abs(value) < 1L << Double.PRECISION - 1) {
            json.writeNumber((long) value);
        } else {
            json.writeNumber(value);
        }
    }

    private static String requireText(String text, String what) {
        if (text.isBlank()) {
            throw new IllegalArgumentException("The " + what + " must not be empty");
        }
        return text;
    }
}
