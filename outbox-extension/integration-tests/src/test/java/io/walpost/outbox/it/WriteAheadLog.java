package io.walpost.outbox.it;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;

/** What PostgreSQL's log says from now on, as pgoutput decodes it for a slot. */
final class WriteAheadLog implements AutoCloseable {

    /** One changed row or one logical message; the operation is pgoutput's letter: I, U, D or M. */
    record Change(long xid, char operation, String tableOrPrefix, byte[] messageContent) {

        /** Without the transaction, which a test cannot know beforehand. */
        String text() {
            return operation + " " + tableOrPrefix;
        }
    }

    private final Connection connection;

    WriteAheadLog(DataSource dataSource) throws SQLException {
        connection = dataSource.getConnection();
        try (Statement statement = connection.createStatement()) {
            statement.execute("CREATE PUBLICATION everything FOR ALL TABLES");
            statement.execute("SELECT pg_create_logical_replication_slot('everything', 'pgoutput', true)");
        }
    }

    /** The changes of the transactions that committed; what was rolled back is not decoded. */
    List<Change> changes() throws SQLException {
        Map<Integer, String> tables = new HashMap<>();
        List<Change> changes = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(
                        "SELECT xid::text::bigint, data FROM pg_logical_slot_peek_binary_changes('everything', NULL,"
                                + " NULL, 'proto_version', '1', 'publication_names', 'everything', 'messages', 'true')")) {
            while (row.next()) {
                ByteBuffer message = ByteBuffer.wrap(row.getBytes(2));
                char type = (char) message.get();
                switch (type) {
                    case 'R' -> tables.put(message.getInt(), nameAfterNamespace(message));
                    case 'I', 'U', 'D' ->
                        changes.add(new Change(row.getLong(1), type, tables.get(message.getInt()), null));
                    case 'M' -> changes.add(logicalMessage(row.getLong(1), message));
                    default -> {
                        // Begin and Commit: the column xid says as much.
                    }
                }
            }
        }
        return changes;
    }

    /** The contents of the logical messages among the {@link #changes()}. */
    List<byte[]> messageContents() throws SQLException {
        return changes().stream()
                .filter(change -> change.operation() == 'M')
                .map(Change::messageContent)
                .toList();
    }

    private static Change logicalMessage(long xid, ByteBuffer message) {
        boolean transactional = message.get() == 1;
        if (!transactional) {
            throw new AssertionError("a message that does not belong to its transaction");
        }
        message.getLong(); // its LSN
        String prefix = text(message);
        byte[] content = new byte[message.getInt()];
        message.get(content);
        return new Change(xid, 'M', prefix, content);
    }

    private static String nameAfterNamespace(ByteBuffer relation) {
        text(relation);
        return text(relation);
    }

    private static String text(ByteBuffer message) {
        int start = message.position();
        while (message.get() != 0) {
            // up to the terminating zero
        }
        return new String(message.array(), start, message.position() - 1 - start, StandardCharsets.UTF_8);
    }

    @Override
    public void close() throws SQLException {
        try (connection;
                Statement statement = connection.createStatement()) {
            statement.execute("SELECT pg_drop_replication_slot('everything')");
            statement.execute("DROP PUBLICATION everything");
        }
    }
}
