package io.walpost.relay.route;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.walpost.relay.capture.ColumnHeaders;
import io.walpost.relay.capture.OutboxRecord;
import io.walpost.relay.capture.OutboxRow;
import io.walpost.relay.capture.PayloadKind;
import io.walpost.relay.capture.TransactionMark;
import io.walpost.relay.failure.FailureKind;
import io.walpost.relay.failure.RelayException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EventRouterTest {

    private static final String ID = "6f0f0a3e-5a39-4f9e-9a0e-000000000001";
    private static final TransactionMark TRANSACTION =
            new TransactionMark(0x16_B374_D848L, 771, Instant.parse("2026-11-20T03:56:40.123456Z"));

    private final EventRouter router = new EventRouter(RoutingSettings.of("/walpost/test"));

    private static byte[] utf8(String text) {
        return text == null ? null : text.getBytes(UTF_8);
    }

    private static OutboxRecord record(
            String id,
            String aggregateType,
            String aggregateId,
            String type,
            String timestamp,
            String payload,
            String tracing) {
        return new OutboxRecord(
                new OutboxRow(
                        utf8(id),
                        utf8(aggregateType),
                        utf8(aggregateId),
                        utf8(type),
                        utf8(timestamp),
                        utf8(payload),
                        PayloadKind.TEXT,
                        utf8(tracing)),
                TRANSACTION,
                3,
                true);
    }

    private static OutboxRecord order(String timestamp, String payload, String tracing) {
        return record(ID, "Order", "42", "OrderPlaced", timestamp, payload, tracing);
    }

    private static Map<String, String> headers(RoutedEvent event) {
        Map<String, String> headers = new LinkedHashMap<>();
        event.headers().forEach((name, value) -> headers.put(name, new String(value, UTF_8)));
        return headers;
    }

    @Test
    void writesTheWireContract() throws RelayException {
        RoutedEvent event = router.route(order("2026-11-20 03:56:39.5+00", "{\"a\":1}", null));
        assertThat(event.topic()).isEqualTo("outbox.event.Order");
        assertThat(event.key()).isEqualTo(utf8("42"));
        assertThat(event.value()).isEqualTo(utf8("{\"a\":1}"));
        assertThat(headers(event))
                .containsExactlyInAnyOrderEntriesOf(Map.ofEntries(
                        Map.entry("id", ID),
                        Map.entry("type", "OrderPlaced"),
                        Map.entry("ce_specversion", "1.0"),
                        Map.entry("ce_id", ID),
                        Map.entry("ce_source", "/walpost/test"),
                        Map.entry("ce_type", "OrderPlaced"),
                        Map.entry("ce_subject", "42"),
                        Map.entry("ce_time", "2026-11-20T03:56:39.5Z"),
                        Map.entry("content-type", "application/json"),
                        Map.entry("walpost-lsn", "16/B374D848"),
                        Map.entry("walpost-tx", "771"),
                        Map.entry("walpost-tx-order", "3"),
                        Map.entry("walpost-tx-last", "true"),
                        Map.entry("walpost-committed-at", "2026-11-20T03:56:40.123456Z")));
    }

    @Test
    void makesATombstoneOfANullPayload() throws RelayException {
        RoutedEvent event = router.route(order(null, null, null));
        assertThat(event.value()).isNull();
        assertThat(headers(event)).doesNotContainKey("content-type");
    }

    @ParameterizedTest
    @CsvSource({
        "2026-11-20 03:56:40+00, 2026-11-20T03:56:40Z",
        "2026-11-20 03:56:40.123456+00, 2026-11-20T03:56:40.123456Z",
        "0001-01-01 00:00:00+00, 0001-01-01T00:00:00Z",
        "infinity, 2026-11-20T03:56:40.123456Z",
        "-infinity, 2026-11-20T03:56:40.123456Z",
        "10000-01-01 00:00:00+00, 2026-11-20T03:56:40.123456Z",
        "0044-03-15 00:00:00+00 BC, 2026-11-20T03:56:40.123456Z",
    })
    void saysWhenItHappenedOrElseWhenItWasCommitted(String timestamp, String expected) throws RelayException {
        assertThat(headers(router.route(order(timestamp, "{}", null)))).containsEntry("ce_time", expected);
    }

    @Test
    void carriesTheTraceContext() throws RelayException {
        String column = "#Fri Nov 20\ntraceparent=00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01\n"
                + "tracestate=vendor\\=abc\n";
        assertThat(headers(router.route(order(null, "{}", column))))
                .containsEntry("traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01")
                .containsEntry("tracestate", "vendor=abc");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "traceparent=00-0af7-b7ad-01",
                "traceparent=00-0af7-b7ad-01\n",
                "traceparent = 00-0af7-b7ad-01\r\n",
                "other=1\ntraceparent:00-0af7-b7ad-01",
                "traceparent=\\u00300-0af7-b7ad-01",
            })
    void readsATraceContextHoweverItIsWritten(String column) throws RelayException {
        assertThat(headers(router.route(order(null, "{}", column))))
                .containsEntry("traceparent", "00-0af7-b7ad-01")
                .doesNotContainKey("tracestate");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\\u12", "nonsense", "other=1"})
    void doesWithoutATraceContextThatCannotBeRead(String column) throws RelayException {
        assertThat(headers(router.route(order(null, "{}", column)))).doesNotContainKeys("traceparent", "tracestate");
    }

    @ParameterizedTest
    @ValueSource(strings = {"order placed", "ordér", "a/b", "x\u0000"})
    void refusesAnAggregateTypeThatNoTopicCanCarry(String aggregateType) {
        assertRefused(record(ID, aggregateType, "42", "OrderPlaced", null, "secret", null), "aggregatetype");
    }

    @Test
    void refusesARecordThatCannotBeOrderedOrRecognised() {
        assertRefused(record(null, "Order", "42", "OrderPlaced", null, "secret", null), "'id'");
        assertRefused(record(ID, null, "42", "OrderPlaced", null, "secret", null), "'aggregatetype'");
        assertRefused(record(ID, "Order", null, "OrderPlaced", null, "secret", null), "'aggregateid'");
        assertRefused(record(ID, "Order", "", "OrderPlaced", null, "secret", null), "'aggregateid'");
        assertRefused(record(ID, "Order", "42", null, null, "secret", null), "'type'");
    }

    private void assertRefused(OutboxRecord record, String why) {
        assertThatExceptionOfType(RelayException.class)
                .isThrownBy(() -> router.route(record))
                .withMessageContaining(why)
                .withMessageContaining("16/B374D848")
                .withMessageNotContaining("secret")
                .satisfies(failure -> assertThat(failure.kind()).isEqualTo(FailureKind.EVENT_REFUSED));
    }

    private static RoutingSettings settings(HeaderProfile profile, RecordTimestamp timestamp, String contentType) {
        return new RoutingSettings(
                "/walpost/test", TopicRouting.byDefault(), profile, timestamp, Optional.ofNullable(contentType));
    }

    @Test
    void writesTheHeadersOfOneConvention() throws RelayException {
        OutboxRecord record = order("2026-11-20 03:56:39.5+00", "{}", null);
        Set<String> both = headers(router.route(record)).keySet();
        Set<String> debezium = headers(
                        new EventRouter(settings(HeaderProfile.DEBEZIUM, RecordTimestamp.PUBLISH, null)).route(record))
                .keySet();
        Set<String> cloudEvents = headers(
                        new EventRouter(settings(HeaderProfile.CLOUDEVENTS, RecordTimestamp.PUBLISH, null))
                                .route(record))
                .keySet();
        assertThat(debezium)
                .containsExactlyInAnyOrder(
                        "id",
                        "type",
                        "content-type",
                        "walpost-lsn",
                        "walpost-tx",
                        "walpost-tx-order",
                        "walpost-tx-last",
                        "walpost-committed-at");
        assertThat(cloudEvents).doesNotContain("id", "type").contains("ce_id", "ce_type", "content-type");
        assertThat(both).hasSize(debezium.size() + 6).containsAll(debezium).containsAll(cloudEvents);
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "null",
            value = {
                "2026-11-20 03:56:39.5+00, 2026-11-20T03:56:39.500Z",
                "2026-11-20T03:56:39Z, 2026-11-20T03:56:39Z",
                "2026-11-20T03:56:39.123456789Z, 2026-11-20T03:56:39.123Z",
                "1970-01-01 00:00:00+00, 1970-01-01T00:00:00Z",
                "2024-02-29 12:00:00.07+00, 2024-02-29T12:00:00.070Z",
                "null, 2026-11-20T03:56:40.123Z",
                "infinity, 2026-11-20T03:56:40.123Z",
                "1969-12-31 23:59:59+00, 2026-11-20T03:56:40.123Z",
                "2026-13-20 03:56:39+00, 2026-11-20T03:56:40.123Z",
            })
    void stampsTheRecordWithTheEventsTime(String timestamp, Instant expected) throws RelayException {
        EventRouter stamping = new EventRouter(settings(HeaderProfile.DEBEZIUM, RecordTimestamp.EVENT, null));
        assertThat(stamping.route(order(timestamp, "{}", null)).timestamp()).isEqualTo(expected.toEpochMilli());
        assertThat(router.route(order(timestamp, "{}", null)).timestamp()).isEqualTo(RoutedEvent.NO_TIMESTAMP);
    }

    @ParameterizedTest
    @CsvSource({
        "TEXT, , application/json",
        "JSON, , application/json",
        "BINARY, , application/octet-stream",
        "TEXT, text/xml; charset=utf-8, text/xml; charset=utf-8",
        "JSON, application/avro, application/json",
        "BINARY, application/avro, application/avro",
    })
    void saysWhatAPayloadIs(PayloadKind kind, String configured, String expected) throws RelayException {
        OutboxRow row = new OutboxRow(utf8(ID), utf8("Order"), utf8("42"), utf8("Placed"), null, utf8("1"), kind, null);
        RoutedEvent event = new EventRouter(settings(HeaderProfile.BOTH, RecordTimestamp.PUBLISH, configured))
                .route(new OutboxRecord(row, TRANSACTION, 1, true));
        assertThat(headers(event)).containsEntry("content-type", expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "json", "a/b/c", "text/plain;\n", "tëxt/plain"})
    void refusesWhatIsNoMediaType(String contentType) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> settings(HeaderProfile.BOTH, RecordTimestamp.PUBLISH, contentType))
                .withMessageContaining("walpost.relay.headers.content-type");
    }

    @Test
    void refusesAnEventOfWhichNothingCanBeMade() {
        OutboxRow row = new OutboxRow(
                utf8(ID),
                null,
                null,
                null,
                null,
                utf8("secret"),
                PayloadKind.BINARY,
                null,
                ColumnHeaders.NONE,
                "the field 'type' is missing");
        assertRefused(new OutboxRecord(row, TRANSACTION, 3, true), ID);
        assertRefused(new OutboxRecord(row, TRANSACTION, 3, true), "the field 'type' is missing");
    }
}
