package io.walpost.relay.faults;

import io.walpost.relay.testing.OutboxDatabase;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;

/** Several writers at work at the same time, each on aggregates of its own. */
final class Writers implements AutoCloseable {

    private static final List<String> TYPES = List.of("even", "odd");
    private static final int WRITERS = 4;
    private static final int AGGREGATES = 60;

    private final OutboxDatabase database;
    private final ExecutorService executor = Executors.newCachedThreadPool();
    private final AtomicBoolean ended = new AtomicBoolean();
    private final List<Writer> writers;
    private final List<CompletableFuture<Void>> work = new ArrayList<>();

    Writers(OutboxDatabase database, Mix mix, long seed, int eventsPerSecond) {
        this.database = database;
        Writer.prepare(database, WRITERS);
        Rate rate = new Rate(eventsPerSecond);
        writers = IntStream.range(0, WRITERS)
                .mapToObj(number -> new Writer(database, mix, seed, number, AGGREGATES, rate))
                .toList();
        writers.forEach(writer -> work.add(CompletableFuture.runAsync(() -> writer.run(ended::get), executor)));
    }

    static List<String> topics() {
        return TYPES.stream().map(type -> "outbox.event." + type).toList();
    }

    static String type(int aggregate) {
        return TYPES.get(aggregate % TYPES.size());
    }

    /** Ends the writers. Returns how many events of each aggregate are committed, of which table and writers agree. */
    Map<String, Integer> finish() throws SQLException {
        ended.set(true);
        work.forEach(CompletableFuture::join);
        Map<String, Integer> remembered = new TreeMap<>();
        try (Connection connection = database.connect()) {
            for (Writer writer : writers) {
                writer.resolve(connection);
                remembered.putAll(writer.committed());
            }
        }
        Map<String, Integer> stored = stored();
        if (!stored.equals(remembered)) {
            throw new AssertionError("The writers remember " + remembered + " but the table holds " + stored);
        }
        return stored;
    }

    private Map<String, Integer> stored() throws SQLException {
        Map<String, Integer> counts = new TreeMap<>();
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement();
                ResultSet rows =
                        statement.executeQuery("SELECT aggregateid, count(*) FROM outboxevent GROUP BY aggregateid")) {
            while (rows.next()) {
                counts.put(rows.getString(1), rows.getInt(2));
            }
        }
        return counts;
    }

    @Override
    public void close() {
        ended.set(true);
        executor.close();
    }
}
