package io.walpost.aws.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.time.Instant;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class MetricLineTest {

    private static final Instant AT = Instant.ofEpochMilli(1_700_000_000_123L);
    private static final ObjectMapper MAPPER = new ObjectMapper();

    @Test
    void isADocumentOfTheFormat() throws IOException {
        MetricLine line = line().add("Events", MetricUnit.COUNT, 12).add("Age", MetricUnit.SECONDS, 0.25);

        assertThat(MAPPER.readTree(line.toString())).isEqualTo(MAPPER.readTree("""
                {"_aws": {
                   "Timestamp": 1700000000123,
                   "CloudWatchMetrics": [{
                     "Namespace": "Walpost/Relay",
                     "Dimensions": [["Slot"]],
                     "Metrics": [{"Name": "Events", "Unit": "Count"}, {"Name": "Age", "Unit": "Seconds"}]}]},
                 "Slot": "a \\"slot\\"",
                 "Events": 12,
                 "Age": 0.25}"""));
        assertThat(line.toString()).doesNotContain("\n");
    }

    @Test
    void carriesManyValuesAsOneMetric() throws IOException {
        Distribution latency = new Distribution();
        latency.add(10);
        latency.add(10);
        latency.add(40);

        JsonNode metric = MAPPER.readTree(
                        line().add("Latency", MetricUnit.MILLISECONDS, latency).toString())
                .get("Latency");

        assertThat(metric.get("Values")).hasSize(2);
        assertThat(metric.get("Counts").toString()).isEqualTo("[2,1]");
        assertThat(metric.get("Min").asInt()).isEqualTo(10);
        assertThat(metric.get("Max").asInt()).isEqualTo(40);
        assertThat(metric.get("Count").asInt()).isEqualTo(3);
        assertThat(metric.get("Sum").asInt()).isEqualTo(60);
    }

    @Test
    void leavesOutADistributionWithoutValues() {
        assertThat(line().add("Latency", MetricUnit.MILLISECONDS, new Distribution())
                        .toString())
                .doesNotContain("Latency");
    }

    @Test
    void refusesWhatCloudWatchWouldDrop() {
        assertThatThrownBy(() -> line().add("Age", MetricUnit.SECONDS, Double.NaN))
                .hasMessage("Age is NaN, which is no value for CloudWatch");
        assertThatThrownBy(() -> line().add("Age", MetricUnit.SECONDS, 1).add("Age", MetricUnit.SECONDS, 2))
                .hasMessage("Age is in this line already");
        assertThatThrownBy(() -> line().add("Slot", MetricUnit.COUNT, 1)).hasMessage("Slot is in this line already");
        assertThatThrownBy(() -> MetricLine.of("Walpost/Relay", "Slot", " ", AT))
                .hasMessage("The value of the dimension must not be empty");
        MetricLine full = line();
        IntStream.range(0, 100).forEach(i -> full.add("M" + i, MetricUnit.COUNT, i));
        assertThatThrownBy(() -> full.add("M100", MetricUnit.COUNT, 100))
                .hasMessage("CloudWatch takes no more than 100 metrics in a line");
    }

    private static MetricLine line() {
        return MetricLine.of("Walpost/Relay", "Slot", "a \"slot\"", AT);
    }
}
