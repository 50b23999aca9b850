package io.walpost.outbox.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.walpost.outbox.NoTransactionException;
import io.walpost.outbox.Outbox;
import io.walpost.outbox.OutboxEvent;
import io.walpost.outbox.it.WriteAheadLog.Change;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** With Debezium's default, where the row is removed in the transaction that wrote it. */
@QuarkusTest
@TestProfile(Postgres.class)
class OutboxTransactionTest {

    @Inject
    Outbox outbox;

    @Inject
    EntityManager entityManager;

    @Inject
    DataSource dataSource;

    @Inject
    OutboxTable table;

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
            outbox.publish(event());
        });

        List<Change> changes = log.changes();
        assertThat(changes).extracting(Change::text).containsExactly("I item", "I outboxevent", "D outboxevent");
        assertThat(changes)
                .extracting(Change::xid)
                .containsOnly(changes.getFirst().xid());
        assertThat(table.count()).isZero();
    }

    @Test
    void writesOnTheConnectionOfPlainJdbcToo() throws SQLException {
        QuarkusTransaction.requiringNew().run(() -> {
            insertItemWithJdbc();
            outbox.publish(event());
        });

        List<Change> changes = log.changes();
        assertThat(changes).extracting(Change::text).containsExactly("I item", "I outboxevent", "D outboxevent");
        assertThat(changes)
                .extracting(Change::xid)
                .containsOnly(changes.getFirst().xid());
    }

    @Test
    void writesSeveralEventsInTheOrderInWhichTheyWerePublished() throws SQLException {
        QuarkusTransaction.requiringNew().run(() -> {
            outbox.publish(event());
            entityManager.persist(item());
            outbox.publish(event());
        });

        assertThat(log.changes())
                .extracting(Change::text)
                .filteredOn(change -> change.startsWith("I"))
                .containsExactly("I outboxevent", "I item", "I outboxevent");
    }

    @Test
    void writesNothingIfTheTransactionRollsBack() throws SQLException {
        assertThatThrownBy(() -> QuarkusTransaction.requiringNew().run(() -> {
                    entityManager.persist(item());
                    outbox.publish(event());
                    throw new IllegalStateException("after publishing");
                }))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("after publishing");

        assertThat(log.changes()).isEmpty();
    }

    @Test
    void writesNothingIfTheDataIsRefused() throws SQLException {
        Item first = item();
        QuarkusTransaction.requiringNew().run(() -> entityManager.persist(first));

        assertThatThrownBy(() -> QuarkusTransaction.requiringNew().run(() -> {
                    entityManager.persist(new Item(UUID.randomUUID(), first.name()));
                    outbox.publish(event());
                }))
                .isInstanceOf(PersistenceException.class);

        assertThat(log.changes()).extracting(Change::text).containsExactly("I item");
    }

    @Test
    void refusesToPublishWithoutATransaction() throws SQLException {
        assertThatExceptionOfType(NoTransactionException.class)
                .isThrownBy(() -> outbox.publish(event()))
                .withMessageContaining("@Transactional")
                .withMessageNotContainingAny("secret", "person@example.org");
        assertThatExceptionOfType(NoTransactionException.class)
                .isThrownBy(() -> outbox.publish(new ItemRemoved("secret", 1)))
                .withMessageContaining("ItemRemoved")
                .withMessageNotContaining("secret");

        assertThat(log.changes()).isEmpty();
    }

    @Test
    void refusesToPublishInATransactionThatCanOnlyRollBack() throws SQLException {
        QuarkusTransaction.begin();
        try {
            QuarkusTransaction.setRollbackOnly();
            assertThatExceptionOfType(NoTransactionException.class).isThrownBy(() -> outbox.publish(event()));
        } finally {
            QuarkusTransaction.rollback();
        }

        assertThat(log.changes()).isEmpty();
    }

    private void insertItemWithJdbc() {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement insert = connection.prepareStatement("INSERT INTO item VALUES (?, ?)")) {
            insert.setObject(1, UUID.randomUUID());
            insert.setString(2, UUID.randomUUID().toString());
            insert.executeUpdate();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Item item() {
        UUID id = UUID.randomUUID();
        return new Item(id, id.toString());
    }

    private static OutboxEvent event() {
        return OutboxEvent.of("item", "person@example.org", "Added", "{\"a\":\"secret\"}");
    }
}
