package io.walpost.outbox.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.debezium.outbox.quarkus.ExportedEvent;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.narayana.jta.QuarkusTransactionException;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.walpost.outbox.NoTransactionException;
import io.walpost.outbox.Outbox;
import io.walpost.outbox.OutboxEvent;
import io.walpost.outbox.it.WriteAheadLog.Change;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.hibernate.Session;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** An event that is a logical message shares the fate of its transaction as a row does. */
@QuarkusTest
@TestProfile(Messages.class)
class MessageTransactionTest {

    private static final Pattern TYPE = Pattern.compile("\"type\":\"([^\"]*)\"");

    @Inject
    Outbox outbox;

    @Inject
    EntityManager entityManager;

    @Inject
    DataSource dataSource;

    @Inject
    Event<ExportedEvent<?, ?>> exportedEvents;

    private WriteAheadLog log;

    @BeforeEach
    void watchTheLog() throws SQLException {
        log = new WriteAheadLog(dataSource);
    }

    @AfterEach
    void stopWatching() throws SQLException {
        log.close();
    }

    @Test
    void writesDataAndEventInOneTransaction() throws SQLException {
        QuarkusTransaction.requiringNew().run(() -> {
            entityManager.persist(item());
            outbox.publish(event("Added"));
        });

        List<Change> changes = log.changes();
        assertThat(changes).extracting(Change::text).containsExactlyInAnyOrder("I item", "M outbox");
        assertThat(changes)
                .extracting(Change::xid)
                .containsOnly(changes.getFirst().xid());
    }

    @Test
    void writesOnTheConnectionOfPlainJdbcToo() throws SQLException {
        QuarkusTransaction.requiringNew().run(() -> {
            execute("INSERT INTO item VALUES (gen_random_uuid(), gen_random_uuid())");
            outbox.publish(event("Added"));
        });

        List<Change> changes = log.changes();
        assertThat(changes).extracting(Change::text).containsExactly("I item", "M outbox");
        assertThat(changes)
                .extracting(Change::xid)
                .containsOnly(changes.getFirst().xid());
    }

    @Test
    void needsNoTable() throws SQLException {
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT to_regclass('outboxevent')")) {
            row.next();
            assertThat(row.getString(1)).isNull();
        }
    }

    @Test
    void writesSeveralEventsInTheOrderInWhichTheyWerePublished() throws SQLException {
        List<String> types = IntStream.range(0, 100).mapToObj(n -> "E" + n).toList();

        QuarkusTransaction.requiringNew()
                .run(() -> types.forEach(type -> {
                    entityManager.persist(item());
                    outbox.publish(event(type));
                    entityManager.flush();
                }));

        assertThat(publishedTypes()).isEqualTo(types);
    }

    @Test
    void writesNothingIfTheTransactionRollsBack() throws SQLException {
        assertThatThrownBy(() -> QuarkusTransaction.requiringNew().run(() -> {
                    entityManager.persist(item());
                    outbox.publish(event("Added"));
                    throw new IllegalStateException("after publishing");
                }))
                .hasMessage("after publishing");

        assertThat(log.changes()).isEmpty();
    }

    @Test
    void writesNothingThatIsRolledBackToASavepoint() throws SQLException {
        QuarkusTransaction.requiringNew().run(() -> {
            outbox.publish(event("Before"));
            execute("SAVEPOINT attempt");
            outbox.publish(event("Undone"));
            execute("ROLLBACK TO SAVEPOINT attempt");
            outbox.publish(event("Retried"));
            execute("RELEASE SAVEPOINT attempt");
            outbox.publish(event("After"));
        });

        assertThat(publishedTypes()).containsExactly("Before", "Retried", "After");
        assertThat(log.changes()).extracting(Change::xid).as("one transaction").hasSize(3);
        assertThat(log.changes().stream().map(Change::xid).distinct()).hasSize(1);
    }

    @Test
    void writesNothingIfTheDataIsRefusedAtCommit() throws SQLException {
        Item first = item();
        QuarkusTransaction.requiringNew().run(() -> entityManager.persist(first));

        assertThatThrownBy(() -> QuarkusTransaction.requiringNew().run(() -> {
                    entityManager.persist(new Item(UUID.randomUUID(), first.name()));
                    outbox.publish(event("Added"));
                }))
                .hasRootCauseInstanceOf(SQLException.class);

        assertThat(log.changes()).extracting(Change::text).containsExactly("I item");
    }

    @Test
    void refusesToPublishWithoutATransaction() throws SQLException {
        assertThatExceptionOfType(NoTransactionException.class).isThrownBy(() -> outbox.publish(event("Added")));
        assertThatExceptionOfType(NoTransactionException.class)
                .isThrownBy(() -> outbox.publish(new ItemRemoved("A", 1)));

        assertThat(log.changes()).isEmpty();
    }

    static Stream<Object> refused() {
        return Stream.of(
                OutboxEvent.of("item", "1", "Added", "\0"),
                OutboxEvent.of("item", "1", "Added", "\ud83e"),
                OutboxEvent.of("item", "1", "Added", "x".repeat(1_000_001)),
                new ItemRemoved(null, 1),
                "not an event");
    }

    @ParameterizedTest
    @MethodSource("refused")
    void rollsTheDataBackWithARefusedEvent(Object event) throws SQLException {
        QuarkusTransaction.begin();
        execute("INSERT INTO item VALUES (gen_random_uuid(), gen_random_uuid())");
        Throwable refusal = catchThrowable(() -> outbox.publish(event));
        Throwable commit = catchThrowable(QuarkusTransaction::commit);

        assertThat(refusal).isInstanceOf(IllegalArgumentException.class);
        assertThat(commit).isInstanceOf(QuarkusTransactionException.class);
        assertThat(log.changes()).isEmpty();
    }

    @Test
    void rollsTheDataBackIfTheServerRefusesTheEvent() throws SQLException {
        QuarkusTransaction.begin();
        catchThrowable(() -> execute("this is not SQL and fails the transaction"));
        Throwable refusal = catchThrowable(() -> outbox.publish(OutboxEvent.of("item", "ada", "Added", "secret")));
        boolean rollbackOnly = QuarkusTransaction.isRollbackOnly();
        QuarkusTransaction.rollback();

        assertThat(refusal).isInstanceOf(PersistenceException.class).hasRootCauseInstanceOf(SQLException.class);
        assertThat(refusal).hasStackTraceContaining("aborted");
        assertThat(rollbackOnly).isTrue();
        assertThat(log.changes()).isEmpty();
    }

    @Test
    void losesNoEventOfDebeziumsSilently() {
        assertThatThrownBy(() -> QuarkusTransaction.requiringNew().run(() -> exportedEvents.fire(new ForTheTable())))
                .hasStackTraceContaining("OutboxEvent");
    }

    private List<String> publishedTypes() throws SQLException {
        return log.messageContents().stream()
                .map(content -> TYPE.matcher(new String(content, StandardCharsets.UTF_8)))
                .map(type -> type.find() ? type.group(1) : null)
                .toList();
    }

    /** On the connection of the transaction. */
    private void execute(String sql) {
        entityManager.unwrap(Session.class).doWork(connection -> {
            try (Statement statement = connection.createStatement()) {
                statement.execute(sql);
            }
        });
    }

    private static Item item() {
        UUID id = UUID.randomUUID();
        return new Item(id, id.toString());
    }

    private static OutboxEvent event(String type) {
        return OutboxEvent.of("item", "1", type, "{}");
    }

    /** What an application fires that uses Debezium's extension as well. */
    record ForTheTable() implements ExportedEvent<String, String> {

        @Override
        public String getAggregateId() {
            return "1";
        }

        @Override
        public String getAggregateType() {
            return "item";
        }

        @Override
        public String getType() {
            return "Added";
        }

        @Override
        public Instant getTimestamp() {
            return Instant.now();
        }

        @Override
        public String getPayload() {
            return "{}";
        }

        @Override
        public Map<String, Object> getAdditionalFieldValues() {
            return Map.of();
        }
    }
}
