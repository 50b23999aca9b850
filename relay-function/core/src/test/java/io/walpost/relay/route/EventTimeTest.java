package io.walpost.relay.route;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EventTimeTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2026-11-20T07:00:00.123456Z",
                "1970-01-01T00:00:00Z",
                "1969-12-31T23:59:59.999999Z",
                "2024-02-29T12:34:56.000001Z",
                "0001-01-01T00:00:00Z",
                "9999-12-31T23:59:59.9Z"
            })
    void writesWhatReadsAsTheSameInstant(String text) {
        Instant instant = Instant.parse(text);
        String written = new String(EventTime.toRfc3339(instant), US_ASCII);
        assertThat(Instant.parse(written)).isEqualTo(instant);
        assertThat(written).matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{6}Z");
    }

    @Test
    void writesAYearOfFiveDigitsAsJavaDoes() {
        Instant instant = Instant.parse("+10000-01-01T00:00:00Z");
        assertThat(EventTime.toRfc3339(instant)).isEqualTo("+10000-01-01T00:00:00Z".getBytes(US_ASCII));
    }
}
