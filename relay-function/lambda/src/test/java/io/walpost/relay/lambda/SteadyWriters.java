package io.walpost.relay.lambda;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;

/** Commits events one by one, by a schedule that a slow relay cannot slow down, until it is told to stop. */
final class SteadyWriters {

    private static final int CONNECTIONS = 4;

    private final Outbox outbox;
    private final int eventsPerSecond;
    private final AtomicLongArray committed;
    private final List<CompletableFuture<Void>> writers = new ArrayList<>();
    private volatile boolean stopped;

    /** @param longest for how long it writes if nobody tells it to stop */
    SteadyWriters(Outbox outbox, int eventsPerSecond, Duration longest) {
        this.outbox = outbox;
        this.eventsPerSecond = eventsPerSecond;
        this.committed = new AtomicLongArray(Math.toIntExact(eventsPerSecond * longest.toSeconds()));
    }

    void start() {
        long start = System.nanoTime();
        for (int writer = 0; writer < CONNECTIONS; writer++) {
            int first = writer;
            writers.add(CompletableFuture.runAsync(() -> write(first, start), Thread::startVirtualThread));
        }
    }

    /** Each writer has aggregates of its own, as their number is a multiple of the writers'. */
    private void write(int first, long start) {
        try (Connection connection = Servers.connect(outbox.name);
                PreparedStatement insert = connection.prepareStatement("INSERT INTO outboxevent VALUES "
                        + "(gen_random_uuid(), '" + outbox.name + "', ?, 'Placed', clock_timestamp(), ?)")) {
            for (int number = first; number < committed.length() && !stopped; number += CONNECTIONS) {
                long due = start + number * TimeUnit.SECONDS.toNanos(1) / eventsPerSecond;
                for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
                    LockSupport.parkNanos(left);
                }
                insert.setString(1, String.valueOf(number % Outbox.AGGREGATES));
                insert.setString(2, String.valueOf(number));
                insert.execute();
                committed.set(number, System.nanoTime());
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Waits for those that are being committed. */
    void stop() {
        stopped = true;
        writers.forEach(CompletableFuture::join);
    }

    /** The numbers of the events that are committed. */
    IntStream numbers() {
        return IntStream.range(0, committed.length()).filter(number -> committed.get(number) != 0);
    }

    /** When the commit of an event returned, by {@link System#nanoTime}. */
    long committed(int number) {
        return committed.get(number);
    }
}
