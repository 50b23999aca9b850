package io.walpost.relay.replication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.walpost.outbox.Lsn;
import io.walpost.relay.checkpoint.ResumePoint;
import io.walpost.relay.failure.FailureKind;
import io.walpost.relay.failure.RelayException;
import io.walpost.relay.testing.OutboxDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Whether a slot's log holds anything, on a real PostgreSQL. */
class SlotInspectorTest {

    private final OutboxDatabase database = OutboxDatabase.prepared();

    @AfterEach
    void close() {
        database.close();
    }

    private boolean isEmpty(PostgresSettings settings) throws RelayException {
        try (SlotInspector inspector = new SlotInspector(settings)) {
            return inspector.isEmpty(inspector.inspect());
        }
    }

    private boolean isEmpty() throws RelayException {
        return isEmpty(database.settings());
    }

    @Test
    void seesThatNoEventIsAmongWhatWasWritten() throws RelayException {
        assertThat(isEmpty()).isTrue();
        database.execute("INSERT INTO other (body) VALUES ('x')", "UPDATE outboxevent SET payload = NULL");
        assertThat(isEmpty()).isTrue();
    }

    @Test
    void seesAnEventAndTakesNothing() throws RelayException {
        Lsn confirmed = database.confirmedFlushLsn();
        database.execute("INSERT INTO other (body) VALUES ('x')");
        database.publish("order", "1", "one");
        database.execute("INSERT INTO other (body) VALUES ('x')");
        assertThat(isEmpty()).isFalse();
        assertThat(isEmpty()).isFalse();
        assertThat(database.confirmedFlushLsn()).isEqualTo(confirmed);
    }

    /** It is after the end of the log then, and the next one sees it. */
    @Test
    void seesAnEventOnlyOnceItIsCommitted() throws RelayException, SQLException {
        try (Connection connection = database.connect()) {
            connection.setAutoCommit(false);
            OutboxDatabase.insert(connection, "order", "1", "one");
            database.execute("INSERT INTO other (body) VALUES ('x')");
            assertThat(isEmpty()).isTrue();
            connection.commit();
        }
        assertThat(isEmpty()).isFalse();
    }

    @Test
    void seesMessagesOnlyIfTheyAreCaptured() throws RelayException {
        database.execute("SELECT pg_logical_emit_message(true, 'outbox', '{}')");
        assertThat(isEmpty()).isTrue();
        assertThat(isEmpty(database.capturing(List.of(), Optional.of("outbox"), List.of())))
                .isFalse();
    }

    @Test
    void leavesItToAStreamToLookThroughMuchLog() throws RelayException {
        database.execute("SELECT pg_logical_emit_message(true, 'elsewhere', repeat('x', 20000000))");
        assertThat(isEmpty()).isFalse();
    }

    @Test
    void leavesItToAStreamToSayWhatIsWrong() throws RelayException {
        database.publish("order", "1", "one");
        database.execute("DROP PUBLICATION walpost");
        assertThat(isEmpty()).isFalse();
    }

    @Test
    void saysThatARelayHasBegunToRead() throws RelayException {
        database.publish("order", "1", "one");
        try (SlotInspector inspector = new SlotInspector(database.settings())) {
            SlotStatus before = inspector.inspect();
            try (ReplicationStream other =
                    new PgReplicationSource(database.settings()).open(ResumePoint.none()).stream()) {
                assertThatExceptionOfType(RelayException.class)
                        .isThrownBy(() -> inspector.isEmpty(before))
                        .satisfies(failure -> assertThat(failure.kind()).isEqualTo(FailureKind.SLOT_BUSY));
            }
        }
    }
}
