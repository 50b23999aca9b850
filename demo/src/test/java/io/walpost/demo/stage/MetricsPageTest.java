package io.walpost.demo.stage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class MetricsPageTest {

    private static final MetricsPage PAGE = new MetricsPage("""
            # HELP events_total Events that are done with
            # TYPE events_total counter
            events_total{consumer="a",outcome="applied"} 40.0
            events_total{consumer="a",outcome="duplicate"} 2.0
            events_total_other 7.0
            age_seconds NaN
            latency_seconds_bucket{consumer="a",le="0.01"} 50
            latency_seconds_bucket{consumer="a",le="0.02"} 90
            latency_seconds_bucket{consumer="a",le="+Inf"} 100
            latency_seconds_count{consumer="a"} 100
            """);

    @Test
    void addsUpTheSeriesOfAName() {
        assertThat(PAGE.sum("events_total")).hasValue(42);
        assertThat(PAGE.sum("events_total", "outcome=\"applied\"")).hasValue(40);
        assertThat(PAGE.sum("events_total", "outcome=\"lost\"")).isEmpty();
        assertThat(PAGE.sum("events")).isEmpty();
        assertThat(PAGE.sum("age_seconds").orElseThrow()).isNaN();
    }

    @Test
    void estimatesWhatAShareOfTheValuesDoesNotExceed() {
        assertThat(PAGE.quantile("latency_seconds", 0.25).orElseThrow()).isCloseTo(0.005, within(1e-9));
        assertThat(PAGE.quantile("latency_seconds", 0.7).orElseThrow()).isCloseTo(0.015, within(1e-9));
        assertThat(PAGE.quantile("latency_seconds", 0.99).orElseThrow())
                .as("more than the greatest bound that there is")
                .isCloseTo(0.02, within(1e-9));
        assertThat(PAGE.quantile("nothing", 0.5)).isEmpty();
    }
}
