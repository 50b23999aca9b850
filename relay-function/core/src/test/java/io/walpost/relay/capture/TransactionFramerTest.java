package io.walpost.relay.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.walpost.relay.failure.FailureKind;
import io.walpost.relay.failure.RelayException;
import io.walpost.relay.pgoutput.ByteView;
import io.walpost.relay.pgoutput.PgOutputMessage.Begin;
import io.walpost.relay.pgoutput.PgOutputMessage.Commit;
import io.walpost.relay.pgoutput.PgOutputMessage.Insert;
import io.walpost.relay.pgoutput.PgOutputMessage.LogicalMessage;
import io.walpost.relay.pgoutput.PgOutputMessage.Relation;
import io.walpost.relay.pgoutput.TupleFixture;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TransactionFramerTest {

    private static final int OUTBOX = 16_400;
    private static final int OTHER = 16_500;
    private static final int TEXT = 25;
    private static final int BYTEA = 17;

    private final List<Captured> captured = new ArrayList<>();
    private final TransactionFramer framer =
            new TransactionFramer(CaptureSettings.ofTables("public.outboxevent"), captured::add);

    private static Relation relation(int id, String table, int payloadType, String... columns) {
        return new Relation(
                id,
                "public",
                table,
                'd',
                Stream.of(columns)
                        .map(name -> new Relation.Column(false, name, name.equals("payload") ? payloadType : TEXT, -1))
                        .toList());
    }

    private static Relation outbox(int payloadType) {
        return relation(OUTBOX, "outboxevent", payloadType, "id", "aggregatetype", "aggregateid", "type", "payload");
    }

    private static Insert event(String id, String payload) {
        return new Insert(OUTBOX, TupleFixture.of(id, "order", "42", "Placed", payload));
    }

    private static Begin begin(long commitLsn) {
        return new Begin(commitLsn, 0, 7);
    }

    private static Commit commit(long commitLsn) {
        return new Commit(0, commitLsn, commitLsn + 8, 0);
    }

    private List<OutboxRecord> records() {
        return captured.stream()
                .filter(OutboxRecord.class::isInstance)
                .map(OutboxRecord.class::cast)
                .toList();
    }

    @Test
    void numbersTheRecordsOfATransactionAndMarksTheLast() throws RelayException {
        framer.accept(begin(100));
        framer.accept(outbox(TEXT));
        framer.accept(event("a", "1"));
        framer.accept(event("b", "2"));
        framer.accept(event("c", "3"));
        framer.accept(commit(100));
        framer.accept(begin(200));
        framer.accept(event("d", "4"));
        framer.accept(commit(200));

        assertThat(records())
                .extracting(
                        record -> new String(record.row().id(), StandardCharsets.UTF_8),
                        OutboxRecord::order,
                        OutboxRecord::last)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("a", 1, false),
                        org.assertj.core.groups.Tuple.tuple("b", 2, false),
                        org.assertj.core.groups.Tuple.tuple("c", 3, true),
                        org.assertj.core.groups.Tuple.tuple("d", 1, true));
        assertThat(captured).element(3).isInstanceOfSatisfying(TransactionEnd.class, end -> assertThat(end.endLsn())
                .isEqualTo(108));
    }

    @Test
    void holdsBackOneRowAndNoMore() throws RelayException {
        framer.accept(begin(100));
        framer.accept(outbox(TEXT));
        for (int i = 1; i <= 1_000; i++) {
            framer.accept(event("e" + i, "x"));
            assertThat(captured).hasSize(i - 1);
        }
    }

    @Test
    void passesOverOtherTablesButConfirmsTheirTransactions() throws RelayException {
        framer.accept(begin(100));
        framer.accept(relation(OTHER, "orders", TEXT, "id"));
        framer.accept(new Insert(OTHER, TupleFixture.of("1")));
        framer.accept(commit(100));
        assertThat(captured).singleElement().isInstanceOf(TransactionEnd.class);
    }

    @Test
    void followsAChangeOfTheTableInMidStream() throws RelayException {
        framer.accept(begin(100));
        framer.accept(outbox(TEXT));
        framer.accept(event("a", "1"));
        framer.accept(relation(
                OUTBOX, "outboxevent", TEXT, "extra", "payload", "type", "aggregateid", "aggregatetype", "id"));
        framer.accept(new Insert(OUTBOX, TupleFixture.of("e", "2", "Placed", "42", "order", "b")));
        framer.accept(commit(100));
        assertThat(records())
                .extracting(record -> new String(record.row().payload(), StandardCharsets.UTF_8))
                .containsExactly("1", "2");
    }

    @Test
    void refusesToLoseSightOfAnOutboxThatWasRenamed() throws RelayException {
        framer.accept(begin(100));
        framer.accept(outbox(TEXT));
        assertThatExceptionOfType(RelayException.class)
                .isThrownBy(() -> framer.accept(relation(OUTBOX, "outbox_old", TEXT, "id")))
                .withMessageContaining("renamed to public.outbox_old")
                .satisfies(failure -> assertThat(failure.kind()).isEqualTo(FailureKind.PRECONDITION));
    }

    @Test
    void turnsHexIntoTheBytesOfABinaryPayload() throws RelayException {
        framer.accept(begin(100));
        framer.accept(outbox(BYTEA));
        framer.accept(event("a", "\\x00ff10"));
        framer.accept(event("b", null));
        framer.accept(commit(100));
        assertThat(records().get(0).row().payload()).containsExactly(0, 0xff, 0x10);
        assertThat(records().get(0).row().payloadKind()).isEqualTo(PayloadKind.BINARY);
        assertThat(records().get(1).row().payload()).isNull();
    }

    @Test
    void refusesATableWithoutAColumnOfTheContract() throws RelayException {
        framer.accept(begin(100));
        assertThatExceptionOfType(RelayException.class)
                .isThrownBy(() -> framer.accept(relation(OUTBOX, "outboxevent", TEXT, "id", "type")))
                .withMessageContaining("public.outboxevent")
                .withMessageContaining("aggregatetype")
                .satisfies(failure -> assertThat(failure.kind()).isEqualTo(FailureKind.PRECONDITION));
    }

    @Test
    void refusesMessagesOutOfPlace() throws RelayException {
        assertProtocolFailure(commit(100));
        assertProtocolFailure(event("a", "1"));
        framer.accept(begin(100));
        assertProtocolFailure(begin(200));
        assertProtocolFailure(event("a", "1"));
        framer.accept(outbox(TEXT));
        assertProtocolFailure(new Insert(OUTBOX, TupleFixture.of("too", "few")));
    }

    private void assertProtocolFailure(io.walpost.relay.pgoutput.PgOutputMessage message) {
        assertThatExceptionOfType(RelayException.class)
                .isThrownBy(() -> framer.accept(message))
                .satisfies(failure -> assertThat(failure.kind()).isEqualTo(FailureKind.PROTOCOL));
    }

    @Test
    void refusesARowWithAValueLeftOut() throws RelayException {
        framer.accept(begin(100));
        framer.accept(outbox(TEXT));
        assertThatExceptionOfType(RelayException.class)
                .isThrownBy(() -> framer.accept(
                        new Insert(OUTBOX, TupleFixture.of("a", "order", "42", "Placed", TupleFixture.UNCHANGED))))
                .withMessageContaining("left out the column 'payload'")
                .withMessageContaining("public.outboxevent")
                .satisfies(failure -> assertThat(failure.kind()).isEqualTo(FailureKind.PROTOCOL));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "00", "\\x0", "\\xgg", "\\000"})
    void refusesBytesInAnotherFormThanHex(String payload) throws RelayException {
        framer.accept(begin(100));
        framer.accept(outbox(BYTEA));
        assertProtocolFailure(event("a", payload));
    }

    @ParameterizedTest
    @CsvSource({"114, JSON", "3802, JSON", "25, TEXT", "1043, TEXT", "17, BINARY"})
    void tellsWhatAPayloadIsByItsColumn(int typeOid, PayloadKind kind) throws RelayException {
        framer.accept(begin(100));
        framer.accept(outbox(typeOid));
        framer.accept(event("a", null));
        framer.accept(commit(100));
        assertThat(records())
                .singleElement()
                .satisfies(record -> assertThat(record.row().payloadKind()).isEqualTo(kind));
    }

    @Test
    void makesHeadersOfFurtherColumnsWhereTheyAre() throws RelayException {
        TransactionFramer configured = new TransactionFramer(
                new CaptureSettings(
                        Set.of("public.outboxevent"),
                        Optional.empty(),
                        List.of(HeaderColumn.parse("tenant"), HeaderColumn.parse("type:kind"))),
                captured::add);
        configured.accept(begin(100));
        configured.accept(outbox(TEXT));
        configured.accept(event("a", "1"));
        configured.accept(relation(
                OUTBOX, "outboxevent", TEXT, "tenant", "id", "aggregatetype", "aggregateid", "type", "payload"));
        configured.accept(new Insert(OUTBOX, TupleFixture.of("acme", "b", "order", "42", "Placed", "2")));
        configured.accept(new Insert(OUTBOX, TupleFixture.of(null, "c", "order", "42", "Placed", "3")));
        configured.accept(commit(100));
        assertThat(records())
                .extracting(TransactionFramerTest::headers)
                .containsExactly("kind=Placed;", "tenant=acme;kind=Placed;", "kind=Placed;");
    }

    private static String headers(OutboxRecord record) {
        StringBuilder text = new StringBuilder();
        record.row().headers().forEach((name, value) -> text.append(name)
                .append('=')
                .append(new String(value, StandardCharsets.UTF_8))
                .append(';'));
        return text.toString();
    }

    @Test
    void refusesMessagesThatWereNotAskedFor() throws RelayException {
        framer.accept(begin(100));
        assertProtocolFailure(message(true, "outbox", CONTENT));
    }

    private static final String CONTENT =
            "{\"id\":\"6f0a3c1e-5f0c-4c55-9c0a-0f3d7c0b8a11\",\"aggregatetype\":\"order\","
                    + "\"aggregateid\":\"42\",\"type\":\"Placed\",\"timestamp\":\"2026-03-01T12:00:00Z\",\"payload\":null}";

    private static LogicalMessage message(boolean transactional, String prefix, String content) {
        return new LogicalMessage(transactional, 90, view(prefix), view(content));
    }

    private static ByteView view(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return new ByteView(bytes, 0, bytes.length);
    }

    @Test
    void numbersRowsAndMessagesOfATransactionTogether() throws RelayException {
        TransactionFramer both = new TransactionFramer(
                new CaptureSettings(Set.of("public.outboxevent"), Optional.of("outbox"), List.of()), captured::add);
        both.accept(message(false, "outbox", CONTENT));
        both.accept(begin(100));
        both.accept(outbox(TEXT));
        both.accept(event("a", "1"));
        both.accept(message(true, "audit", "not ours"));
        both.accept(message(true, "outbox", CONTENT));
        both.accept(message(true, "outbox", "not JSON"));
        both.accept(message(true, "outboxes", "not ours"));
        both.accept(relation(OTHER, "orders", TEXT, "id"));
        both.accept(new Insert(OTHER, TupleFixture.of("1")));
        both.accept(commit(100));

        assertThat(records()).extracting(OutboxRecord::order).containsExactly(1, 2, 3);
        assertThat(records()).extracting(OutboxRecord::last).containsExactly(false, false, true);
        assertThat(records())
                .extracting(record -> record.row().defect() == null)
                .containsExactly(true, true, false);
        assertThatExceptionOfType(RelayException.class)
                .as("a message of a transaction, outside of one")
                .isThrownBy(() -> both.accept(message(true, "outbox", CONTENT)));
    }
}
