package io.walpost.consumer;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Objects;
import java.util.UUID;
import javax.sql.DataSource;

/**
 * An inbox in the table {@code walpost_inbox} of PostgreSQL, which the migration {@code db/walpost-inbox} creates.
 *
 * <p>The claim is an INSERT, and the primary key decides: a reader that looked first would let two deliveries of one
 * event pass.
 */
public final class JdbcInbox implements Inbox {

    private static final int MAX_CONSUMER_LENGTH = 255;
    private static final String CLAIM =
            "INSERT INTO walpost_inbox (consumer, event_id) VALUES (?, ?) ON CONFLICT DO NOTHING";

    private static final String CONFIRM = "SELECT 1 FROM walpost_inbox WHERE consumer = ? AND event_id = ?";
    private static final String TRANSACTION_ROLLBACK = "40000";

    private final DataSource dataSource;
    private final String consumer;

    /**
     * @param dataSource gives connections that take part in the transaction of the calling thread
     * @param consumer the name under which the claims are kept; a consumer with another name applies the events anew
     */
    public JdbcInbox(DataSource dataSource, String consumer) {
        this.dataSource = Objects.requireNonNull(dataSource, "dataSource");
        if (consumer.isBlank() || consumer.length() > MAX_CONSUMER_LENGTH) {
            throw new IllegalArgumentException(
                    "The name of a consumer needs 1 to " + MAX_CONSUMER_LENGTH + " characters: '" + consumer + "'");
        }
        this.consumer = consumer;
    }

    @Override
    public Claim claim(UUID eventId) throws SQLException {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement insert = connection.prepareStatement(CLAIM)) {
            insert.setString(1, consumer);
            insert.setObject(2, eventId);
            return insert.executeUpdate() == 1 ? Claim.FIRST : Claim.DUPLICATE;
        }
    }

    /**
     * Costs a round trip, and is worth it: after a statement that failed, PostgreSQL answers COMMIT with ROLLBACK, and its
     * driver reports that as success. A handler that swallowed the exception would lose the event. This statement fails
     * then.
     */
    @Override
    public void confirm(UUID eventId) throws SQLException {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement select = connection.prepareStatement(CONFIRM)) {
            select.setString(1, consumer);
            select.setObject(2, eventId);
            try (ResultSet row = select.executeQuery()) {
                if (!row.next()) {
                    throw new SQLException(
                            "The claim was rolled back before its transaction ended", TRANSACTION_ROLLBACK);
                }
            }
        }
    }
}
