package io.walpost.outbox.runtime;

import io.walpost.outbox.OutboxEvent;
import io.walpost.outbox.OutboxMessage;
import jakarta.inject.Singleton;
import jakarta.persistence.EntityManager;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import org.hibernate.Session;

/**
 * Writes events into PostgreSQL's log and nowhere else, on the connection that Hibernate has for the caller's
 * transaction.
 *
 * <p>Nothing is flushed: whatever is pending gets the same transaction id when it is, and a message that the server has
 * cannot be dropped from a persistence context.
 */
@Singleton
class MessageWriter implements EventWriter {

    /** As bytes, because a text would be stored in the encoding of the database. */
    private static final String EMIT = "SELECT pg_catalog.pg_logical_emit_message(true, ?::text, ?::bytea)";

    private final EntityManager entityManager;
    private final TraceContext traceContext;
    private final String prefix;

    MessageWriter(EntityManager entityManager, TraceContext traceContext, OutboxConfig config) {
        this.entityManager = entityManager;
        this.traceContext = traceContext;
        prefix = OutboxMessage.requirePrefix(config.messagePrefix());
    }

    @Override
    public void write(OutboxEvent event) {
        byte[] content = MessageContent.of(event, traceContext.current());
        entityManager.unwrap(Session.class).doWork(connection -> emit(connection, content));
    }

    private void emit(Connection connection, byte[] content) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(EMIT)) {
            statement.setString(1, prefix);
            statement.setBytes(2, content);
            statement.execute();
        }
    }
}
