package io.walpost.demo.check;

import io.walpost.demo.stage.ConsumerFunction;
import io.walpost.demo.stage.Databases;
import io.walpost.demo.stage.Stage;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;

/**
 * Whether everything that was committed when this was made has gone all the way: confirmed to the slot by the relay,
 * and read by all consumers, which commit their offsets after the effect, and by the demo's own. Then duplicates have
 * arrived, too, and no late one can change the result.
 */
final class Settlement implements AutoCloseable {

    private static final String CONFIRMED =
            "SELECT confirmed_flush_lsn >= ?::pg_lsn FROM pg_replication_slots WHERE slot_name = ?";

    private final Collection<ConsumerFunction> functions;
    private final EventTail tail;
    private final Connection database;
    private final Admin admin;
    private final String target;
    private boolean confirmed;

    Settlement(Stage stage, EventTail tail) throws SQLException {
        this.functions = stage.functions();
        this.tail = tail;
        this.database = stage.databases().connectToOrders();
        this.admin = Admin.create(Map.of(
                AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG,
                stage.servers().kafka().bootstrapServers()));
        this.target = currentLsn();
    }

    private String currentLsn() throws SQLException {
        try (Statement statement = database.createStatement();
                ResultSet row = statement.executeQuery("SELECT pg_current_wal_lsn()::text")) {
            row.next();
            return row.getString(1);
        }
    }

    boolean reached() throws SQLException, InterruptedException {
        confirmed = confirmed || slotIsConfirmed();
        if (!confirmed) {
            return false;
        }
        try {
            Map<TopicPartition, Long> ends = ends();
            if (!tail.hasRead(ends)) {
                return false;
            }
            for (ConsumerFunction function : functions) {
                if (!hasRead(function, ends)) {
                    return false;
                }
            }
            return true;
        } catch (ExecutionException brokerIsBusy) {
            return false;
        }
    }

    private boolean slotIsConfirmed() throws SQLException {
        try (PreparedStatement statement = database.prepareStatement(CONFIRMED)) {
            statement.setString(1, target);
            statement.setString(2, Databases.SLOT);
            try (ResultSet row = statement.executeQuery()) {
                return row.next() && row.getBoolean(1);
            }
        }
    }

    private Map<TopicPartition, Long> ends() throws ExecutionException, InterruptedException {
        List<TopicPartition> partitions =
                admin
                        .describeTopics(List.of(Stage.TOPIC))
                        .topicNameValues()
                        .get(Stage.TOPIC)
                        .get()
                        .partitions()
                        .stream()
                        .map(info -> new TopicPartition(Stage.TOPIC, info.partition()))
                        .toList();
        return admin
                .listOffsets(partitions.stream().collect(Collectors.toMap(p -> p, p -> OffsetSpec.latest())))
                .all()
                .get()
                .entrySet()
                .stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, end -> end.getValue().offset()));
    }

    private boolean hasRead(ConsumerFunction function, Map<TopicPartition, Long> ends)
            throws ExecutionException, InterruptedException {
        var committed = admin.listConsumerGroupOffsets(function.label())
                .partitionsToOffsetAndMetadata()
                .get();
        return ends.entrySet().stream().filter(end -> end.getValue() > 0).allMatch(end -> {
            var offset = committed.get(end.getKey());
            return offset != null && offset.offset() >= end.getValue();
        });
    }

    @Override
    public void close() throws SQLException {
        admin.close();
        database.close();
    }
}
