package io.walpost.relay.replication;

import io.walpost.relay.failure.FailureKind;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks whether the log of a slot holds a change that a relay would be sent, and takes nothing from the slot.
 *
 * <p>The server decodes the log for it just as for a stream, so only as much is looked through as costs less than a
 * stream does.
 */
final class SlotPeek {

    private static final Logger LOG = LoggerFactory.getLogger(SlotPeek.class);

    /**
     * A segment of the log, by default. Also how far behind a slot may stay in whose log nothing is found: one that holds
     * back more is streamed, which moves it.
     */
    private static final long MOST_BYTES = 16L << 20;

    private static final int PATIENCE_SECONDS = 5;

    /**
     * All but what frames changes: Begin, Commit, Origin, Relation and Type ("Logical Replication Message Formats").
     * Servers before PostgreSQL 15 send the first two for transactions in which nothing concerns the publication.
     */
    private static final String QUERY = """
            SELECT EXISTS (SELECT FROM pg_logical_slot_peek_binary_changes(?, NULL, NULL,
                             'proto_version', '1', 'publication_names', ?, 'messages', ?)
                            WHERE get_byte(data, 0) NOT IN (ascii('B'), ascii('C'), ascii('O'), ascii('R'), ascii('Y')))
            """;

    private SlotPeek() {}

    /**
     * @return true only if there certainly is nothing to publish before the end that the log has now
     * @throws SQLException that another reader holds the slot
     */
    static boolean isEmpty(Connection connection, PostgresSettings settings, SlotStatus status) throws SQLException {
        if (status.lagBytes() == 0) {
            return true;
        }
        if (status.retainedBytes().orElse(Long.MAX_VALUE) > MOST_BYTES) {
            return false;
        }
        try (PreparedStatement peek = connection.prepareStatement(QUERY)) {
            peek.setQueryTimeout(PATIENCE_SECONDS);
            peek.setString(1, settings.slot());
            peek.setString(2, Sql.quoted(settings.publication()));
            peek.setString(3, String.valueOf(settings.messagePrefix().isPresent()));
            try (ResultSet row = peek.executeQuery()) {
                row.next();
                return !row.getBoolean(1);
            }
        } catch (SQLException e) {
            if (SqlFailure.kindOf(e) == FailureKind.SLOT_BUSY) {
                throw e;
            }
            // A stream finds out, and says better what is wrong.
            LOG.debug("Cannot look into the log of slot {}", settings.slot(), e);
            return false;
        }
    }
}
