package io.walpost.consumer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.walpost.outbox.EventHeaders;
import io.walpost.outbox.Lsn;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EventReaderTest {

    private static final String ID = "0b5c8f0e-6f0c-4f43-9d06-3d5f7b3a4f11";
    private static final String SECRET = "secret";
    private static final byte[] NOT_UTF_8 = {(byte) 0xC3, (byte) 0x28};

    private final List<RecordHeader> headers = new ArrayList<>();
    private byte[] key = "42".getBytes(UTF_8);
    private byte[] value = "{\"card\":\"secret\"}".getBytes(UTF_8);

    @Test
    void readsWhatTheRelayWrites() throws Exception {
        header(EventHeaders.ID, ID);
        header(EventHeaders.TYPE, "OrderPlaced");
        header(EventHeaders.CE_TIME, "2026-11-20T10:15:30.123456+01:00");
        header(EventHeaders.LSN, "16/B374D848");
        header(EventHeaders.TX, "4294967299");
        header(EventHeaders.TX_ORDER, "2");
        header(EventHeaders.TX_LAST, "true");
        header(EventHeaders.COMMITTED_AT, "2026-11-20T09:15:30.223456Z");
        header(EventHeaders.TRACEPARENT, "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");
        header(EventHeaders.TRACESTATE, "vendor=1");

        ReceivedEvent event = read();

        assertThat(event.id()).isEqualTo(UUID.fromString(ID));
        assertThat(event.aggregateType()).isEqualTo("order");
        assertThat(event.aggregateId()).isEqualTo("42");
        assertThat(event.type()).contains("OrderPlaced");
        assertThat(event.time()).contains(Instant.parse("2026-11-20T09:15:30.123456Z"));
        assertThat(event.position()).contains(new EventPosition(Lsn.parse("16/B374D848"), 4294967299L, 2, true));
        assertThat(event.committedAt()).contains(Instant.parse("2026-11-20T09:15:30.223456Z"));
        assertThat(event.payload()).isSameAs(value);
        assertThat(event.traceContext())
                .contains(new TraceContext(
                        "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01", Optional.of("vendor=1")));
    }

    @Test
    void readsWhatDebeziumsEventRouterWrites() throws Exception {
        header(EventHeaders.ID, ID);

        ReceivedEvent event = read();

        assertThat(event.id()).isEqualTo(UUID.fromString(ID));
        assertThat(event.type()).isEmpty();
        assertThat(event.time()).isEmpty();
        assertThat(event.position()).isEmpty();
        assertThat(event.committedAt()).isEmpty();
        assertThat(event.traceContext()).isEmpty();
    }

    @Test
    void readsWhatAForwarderOfCloudEventsLeaves() throws Exception {
        header(EventHeaders.CE_ID, ID);
        header(EventHeaders.CE_TYPE, "OrderPlaced");

        assertThat(read().id()).isEqualTo(UUID.fromString(ID));
        assertThat(read().type()).contains("OrderPlaced");
    }

    @ParameterizedTest
    @ValueSource(strings = {"aggregate-type", "ce_aggregatetype"})
    void takesTheAggregateTypeFromAHeaderRatherThanFromTheTopic(String name) throws Exception {
        header(EventHeaders.ID, ID);
        header(name, "Order");

        assertThat(read().aggregateType()).isEqualTo("Order");
        assertThat(RecordSummary.of(record()).aggregateType()).isEqualTo("Order");
    }

    @Test
    void readsATombstone() throws Exception {
        header(EventHeaders.ID, ID);
        value = null;

        assertThat(read().isTombstone()).isTrue();
    }

    @Test
    void isNotTheLastOfItsTransactionUnlessItSaysSo() throws Exception {
        header(EventHeaders.ID, ID);
        header(EventHeaders.LSN, "0/1");
        header(EventHeaders.TX, "5");
        header(EventHeaders.TX_ORDER, "1");

        assertThat(read().position()).contains(new EventPosition(Lsn.parse("0/1"), 5, 1, false));
    }

    @Test
    void namesTheRecordAndTheHeaderThatIsMissing() {
        MalformedRecordException e = refusal();

        assertThat(e).hasMessage("outbox.event.order-0@17: header 'id' is missing");
    }

    @Test
    void namesAMissingKey() {
        header(EventHeaders.ID, ID);
        key = null;

        assertThat(refusal()).hasMessage("outbox.event.order-0@17: key is missing");
    }

    @ParameterizedTest
    @ValueSource(strings = {EventHeaders.TX, EventHeaders.TX_ORDER})
    void refusesHalfAPosition(String missing) {
        header(EventHeaders.ID, ID);
        header(EventHeaders.LSN, "0/1");
        header(EventHeaders.TX, "5");
        header(EventHeaders.TX_ORDER, "1");
        headers.removeIf(header -> header.name().equals(missing));

        assertThat(refusal()).hasMessageEndingWith("header '" + missing + "' is missing");
    }

    @ParameterizedTest
    @CsvSource({
        "id, secret",
        "id, 1-1-1-1-1",
        "id, ''",
        "type, ' '",
        "ce_time, secret",
        "ce_specversion, 0.3",
        "ce_source, ' '",
        "aggregate-type, ' '",
        "ce_time, 2026-11-20T09:15:30",
        "walpost-lsn, secret",
        "walpost-tx, -5",
        "walpost-tx, secret",
        "walpost-tx-order, 0",
        "walpost-tx-last, secret",
        "walpost-committed-at, secret",
    })
    void namesTheHeaderThatIsMalformedAndQuotesNothing(String name, String content) {
        header(EventHeaders.ID, ID);
        header(EventHeaders.LSN, "0/1");
        header(EventHeaders.TX, "5");
        header(EventHeaders.TX_ORDER, "1");
        header(name, content);

        MalformedRecordException e = refusal();

        assertThat(e).hasMessageStartingWith("outbox.event.order-0@17: header '" + name + "' is ");
        assertThat(e).hasNoCause();
        assertThat(e.toString()).doesNotContain(SECRET);
    }

    @Test
    void refusesWhatIsNotUtf8() {
        header(EventHeaders.ID, ID);
        key = NOT_UTF_8;

        assertThat(refusal()).hasMessageEndingWith("key is not UTF-8");
    }

    @Test
    void takesTheLastOfSeveralHeadersOfAName() throws Exception {
        header(EventHeaders.ID, UUID.randomUUID().toString());
        header(EventHeaders.ID, ID);
        header(EventHeaders.TYPE, "OrderPlaced");
        headers.add(new RecordHeader(EventHeaders.TYPE, null));

        assertThat(read().id()).isEqualTo(UUID.fromString(ID));
        assertThat(read().type()).isEmpty();
    }

    @Test
    void refusesNoEventForABrokenTrace() throws Exception {
        header(EventHeaders.ID, ID);
        header(EventHeaders.TRACEPARENT, "whatever");
        header(EventHeaders.TRACESTATE, " ");
        assertThat(read().traceContext()).contains(new TraceContext("whatever", Optional.empty()));

        headers.add(new RecordHeader(EventHeaders.TRACESTATE, NOT_UTF_8));
        assertThat(read().traceContext()).contains(new TraceContext("whatever", Optional.empty()));

        header(EventHeaders.TRACEPARENT, "");
        assertThat(read().traceContext()).isEmpty();

        headers.add(new RecordHeader(EventHeaders.TRACEPARENT, NOT_UTF_8));
        assertThat(read().traceContext()).isEmpty();
    }

    @Test
    void printsNoContent() throws Exception {
        header(EventHeaders.ID, ID);

        assertThat(read().toString()).contains(ID).doesNotContain(SECRET);
        assertThat(record().toString()).doesNotContain(SECRET);
        assertThat(record().headers().toString()).doesNotContain(ID);
    }

    private void header(String name, String content) {
        headers.add(new RecordHeader(name, content.getBytes(UTF_8)));
    }

    private IncomingRecord record() {
        return new IncomingRecord(Events.COORDINATES, key, headers, value);
    }

    private ReceivedEvent read() throws MalformedRecordException {
        return EventReader.read(record());
    }

    private MalformedRecordException refusal() {
        return catchThrowableOfType(MalformedRecordException.class, this::read);
    }
}
