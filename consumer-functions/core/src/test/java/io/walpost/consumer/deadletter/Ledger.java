package io.walpost.consumer.deadletter;

import io.walpost.consumer.EventHandler;
import io.walpost.consumer.IdempotentConsumer;
import io.walpost.consumer.JdbcInbox;
import io.walpost.consumer.Outcome;
import io.walpost.consumer.ReceivedEvent;
import io.walpost.consumer.TransactionalDatabase;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The effects of the events of each key, in the order in which they came about. */
final class Ledger {

    private final TransactionalDatabase database;

    Ledger(TransactionalDatabase database) throws SQLException {
        this.database = database;
        database.execute("CREATE TABLE ledger (number bigserial, key text, place bigint)");
    }

    /** Writes an event down once, unless the check refuses it. */
    IdempotentConsumer handler(EventHandler check) {
        return new IdempotentConsumer(
                database.transaction, new JdbcInbox(database.dataSource, Letters.CONSUMER), event -> {
                    Outcome outcome = check.handle(event);
                    if (outcome instanceof Outcome.Applied) {
                        write(event);
                    }
                    return outcome;
                });
    }

    IdempotentConsumer handler() {
        return handler(event -> new Outcome.Applied());
    }

    private void write(ReceivedEvent event) throws SQLException {
        try (Connection connection = database.dataSource.getConnection();
                PreparedStatement insert =
                        connection.prepareStatement("INSERT INTO ledger (key, place) VALUES (?, ?)")) {
            insert.setString(1, event.aggregateId());
            insert.setLong(2, event.coordinates().offset());
            insert.executeUpdate();
        }
    }

    Map<String, List<Long>> effects() throws SQLException {
        Map<String, List<Long>> effects = new TreeMap<>();
        try (Connection connection = database.dataSource.getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT key, place FROM ledger ORDER BY number")) {
            while (row.next()) {
                effects.computeIfAbsent(row.getString(1), key -> new ArrayList<>())
                        .add(row.getLong(2));
            }
        }
        return effects;
    }
}
