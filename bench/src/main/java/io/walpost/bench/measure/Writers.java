package io.walpost.bench.measure;

import io.walpost.bench.site.BenchException;
import io.walpost.bench.site.OutboxDatabase;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.locks.LockSupport;

/**
 * Commits by a schedule that was fixed beforehand: whoever is late does not put off the transactions that follow. So a
 * slow relay cannot slow down what it is measured by.
 */
final class Writers implements AutoCloseable {

    private static final int CONNECTIONS = 4;

    private final OutboxDatabase database;
    private final Transactions transactions;
    private final Load load;
    private final AtomicLongArray committedAt;
    private final ExecutorService executor = Executors.newFixedThreadPool(CONNECTIONS);

    Writers(OutboxDatabase database, Transactions transactions, Load load) {
        this.database = database;
        this.transactions = transactions;
        this.load = load;
        this.committedAt = new AtomicLongArray(load.transactions());
    }

    /** Writes all that the load says. The future ends when the last transaction has committed. */
    CompletableFuture<Void> start() {
        long start = System.nanoTime();
        List<CompletableFuture<Void>> all = new ArrayList<>();
        for (int writer = 0; writer < CONNECTIONS; writer++) {
            int number = writer;
            all.add(CompletableFuture.runAsync(() -> write(number, start), executor));
        }
        return CompletableFuture.allOf(all.toArray(CompletableFuture[]::new));
    }

    private void write(int writer, long start) {
        try (Connection connection = database.connect();
                PreparedStatement insert = connection.prepareStatement(transactions.insert())) {
            for (int transaction = 0; transaction < load.transactions(); transaction++) {
                if (transactions.writer(transaction, CONNECTIONS) == writer) {
                    awaitTurn(start + transaction * TimeUnit.SECONDS.toNanos(1) / load.transactionsPerSecond());
                    transactions.bind(insert, transaction);
                    insert.executeUpdate();
                    committedAt.set(transaction, System.nanoTime());
                }
            }
        } catch (SQLException e) {
            throw new CompletionException(new BenchException("Cannot write events: " + e.getMessage(), e));
        }
    }

    private static void awaitTurn(long turn) {
        for (long left = turn - System.nanoTime(); left > 0; left = turn - System.nanoTime()) {
            if (Thread.currentThread().isInterrupted()) {
                throw new CompletionException(new InterruptedException());
            }
            LockSupport.parkNanos(left);
        }
    }

    /** When the COMMIT of an event's transaction returned, by {@link System#nanoTime}. */
    long committedAt(int event) {
        return committedAt.get(event / load.rowsPerTransaction());
    }

    @Override
    public void close() {
        executor.shutdownNow();
        executor.close();
    }
}
