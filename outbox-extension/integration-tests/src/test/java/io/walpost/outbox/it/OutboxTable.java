package io.walpost.outbox.it;

import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.UUID;
import javax.sql.DataSource;

/** Reads the outbox table past Hibernate. */
@Singleton
class OutboxTable {

    record Row(
            String aggregateType,
            String aggregateId,
            String type,
            Instant timestamp,
            byte[] payload,
            String tracingSpanContext) {}

    private final DataSource dataSource;

    OutboxTable(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    /** The payload as the server's bytes, so that nothing on the way back can mend what was broken on the way in. */
    Row row(UUID id) throws SQLException {
        String sql = "SELECT aggregatetype, aggregateid, type, timestamp, convert_to(payload, 'UTF8'),"
                + " tracingspancontext FROM outboxevent WHERE id = ?";
        try (Connection connection = dataSource.getConnection();
                PreparedStatement select = connection.prepareStatement(sql)) {
            select.setObject(1, id);
            try (ResultSet row = select.executeQuery()) {
                if (!row.next()) {
                    throw new AssertionError("there is no outbox row " + id);
                }
                return new Row(
                        row.getString(1),
                        row.getString(2),
                        row.getString(3),
                        row.getObject(4, OffsetDateTime.class).toInstant(),
                        row.getBytes(5),
                        row.getString(6));
            }
        }
    }

    long count() throws SQLException {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement select = connection.prepareStatement("SELECT count(*) FROM outboxevent");
                ResultSet row = select.executeQuery()) {
            row.next();
            return row.getLong(1);
        }
    }
}
