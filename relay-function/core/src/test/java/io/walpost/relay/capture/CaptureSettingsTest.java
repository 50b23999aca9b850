package io.walpost.relay.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CaptureSettingsTest {

    @ParameterizedTest
    @CsvSource({
        "tenant, tenant, tenant",
        "region:x-region, region, x-region",
        "' region : x-region ', region, x-region",
        "aggregatetype:aggregate-type, aggregatetype, aggregate-type",
        "a:b:c, a, b:c",
        "timestamp, timestamp, timestamp",
    })
    void readsAColumnAndItsHeader(String text, String column, String header) {
        assertThat(HeaderColumn.parse(text)).isEqualTo(new HeaderColumn(column, header));
    }

    @ParameterizedTest
    @ValueSource(strings = {"id", "type", "x:ID", "x:content-type", "x:ce_time", "x:Walpost-anything", "x:traceparent"})
    void refusesAHeaderThatTheRelayWrites(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> HeaderColumn.parse(text))
                .withMessageContaining("the relay itself writes")
                .withMessageContaining("give column");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", ":x", "x:", "x: "})
    void refusesWhatNamesNothing(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> HeaderColumn.parse(text))
                .withMessageContaining("column:header");
    }

    @Test
    void refusesTwoColumnsForOneHeader() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new CaptureSettings(
                        Set.of("a.b"),
                        Optional.empty(),
                        List.of(HeaderColumn.parse("tenant"), HeaderColumn.parse("customer:tenant"))))
                .withMessageContaining("walpost.relay.headers.columns")
                .withMessageContaining("customer:x-customer");
    }

    @Test
    void refusesToCaptureNothing() {
        assertThatIllegalArgumentException()
                .isThrownBy(CaptureSettings::ofTables)
                .withMessageContaining("walpost.relay.tables")
                .withMessageContaining("walpost.relay.capture");
    }

    @Test
    void refusesAPrefixThatNoWriterUses() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new CaptureSettings(Set.of(), Optional.of("out box"), List.of()))
                .withMessageContaining("walpost.relay.messages.prefix")
                .withMessageContaining("out box");
    }

    @Test
    void saysWhatIsCaptured() {
        assertThat(CaptureSettings.ofTables("public.outboxevent").description())
                .isEqualTo("rows of public.outboxevent");
        assertThat(new CaptureSettings(Set.of(), Optional.of("outbox"), List.of()).description())
                .isEqualTo("messages of prefix outbox");
        assertThat(new CaptureSettings(Set.of("a.b"), Optional.of("outbox"), List.of()).description())
                .isEqualTo("rows of a.b and messages of prefix outbox");
    }
}
