package io.walpost.relay.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.walpost.relay.failure.FailureKind;
import io.walpost.relay.failure.RelayException;
import io.walpost.relay.pgoutput.PgOutputMessage.Begin;
import io.walpost.relay.pgoutput.PgOutputMessage.Commit;
import io.walpost.relay.pgoutput.PgOutputMessage.Insert;
import io.walpost.relay.pgoutput.PgOutputMessage.Relation;
import io.walpost.relay.pgoutput.TupleFixture;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

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
}
