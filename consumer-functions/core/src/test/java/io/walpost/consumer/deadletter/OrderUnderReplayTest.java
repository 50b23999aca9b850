package io.walpost.consumer.deadletter;

import static org.assertj.core.api.Assertions.assertThat;

import io.walpost.consumer.BatchHandler;
import io.walpost.consumer.IncomingRecord;
import io.walpost.consumer.Outcome;
import io.walpost.consumer.ReceivedEvent;
import io.walpost.consumer.RecordConsumer;
import io.walpost.consumer.RecordingListener;
import io.walpost.consumer.Records;
import io.walpost.consumer.RetryPolicy;
import io.walpost.consumer.Shutdown;
import io.walpost.consumer.TransactionalDatabase;
import io.walpost.consumer.UnprocessableEventException;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A consumer whose handler refuses now and then, delivered some batches twice, while replays go on all the time. */
@Timeout(120)
class OrderUnderReplayTest {

    private static final int BATCHES = 150;
    private static final int BATCH = 20;
    private static final int KEYS = 6;
    private static final int REFUSED_ONE_IN = 40;
    private static final int REFUSALS = 3;
    private static final RetryPolicy POLICY =
            new RetryPolicy(Duration.ofMillis(1), Duration.ofMillis(10), 1, Duration.ofSeconds(1));

    private final long seed = System.nanoTime();
    private final Random random = new Random(seed);
    private final Map<String, List<Long>> sent = new TreeMap<>();
    private final Map<UUID, Integer> calls = new ConcurrentHashMap<>();
    private long offset;

    @Test
    void keepsTheOrderOfEachKeyAndEachEffectOnce() throws Exception {
        System.out.println("OrderUnderReplayTest: seed " + seed);
        try (TransactionalDatabase database = new TransactionalDatabase()) {
            Ledger ledger = new Ledger(database);
            BatchHandler handler = ledger.handler(this::notAtFirst);
            RecordConsumer consumer = new RecordConsumer(
                    handler, Letters.parking(database), POLICY, new RecordingListener(), Clock.systemUTC());
            Shutdown consumed = new Shutdown();
            RecordingProgress progress = new RecordingProgress();
            CompletableFuture<Void> replays = CompletableFuture.runAsync(
                    () -> replay(database, handler, consumed, progress), Thread::startVirtualThread);

            for (int batch = 0; batch < BATCHES; batch++) {
                List<IncomingRecord> records = nextBatch();
                assertThat(consumer.consume(records, new Shutdown())).noneMatch(Outcome.Retry.class::isInstance);
                if (random.nextInt(10) == 0) {
                    // The offsets were not committed.
                    consumer.consume(records, new Shutdown());
                }
            }
            consumed.begin();
            replays.get(60, TimeUnit.SECONDS);

            assertThat(ledger.effects()).as("seed %d", seed).isEqualTo(sent);
            assertThat(new DeadLetterTable(database.dataSource).list(LetterSelection.all(), 0, 1))
                    .isEmpty();
            System.out.printf(
                    "OrderUnderReplayTest: %d records, %d letters replayed, %d replays failed%n",
                    offset, progress.replayed.size(), progress.failed.size());
            assertThat(progress.replayed.size()).as("seed %d", seed).isGreaterThan(BATCHES);
            assertThat(progress.failed.size()).as("seed %d", seed).isGreaterThan(BATCHES / 10);
        }
    }

    /** Until the consumer is done, and then until nothing is left. */
    private void replay(
            TransactionalDatabase database, BatchHandler handler, Shutdown consumed, RecordingProgress progress) {
        Replay replay = new Replay(database.dataSource, Letters.CONSUMER, handler, POLICY, Clock.systemUTC());
        try {
            boolean last;
            do {
                last = consumed.isOver();
                replay.run(LetterSelection.all(), Long.MAX_VALUE, Double.POSITIVE_INFINITY, new Shutdown(), progress);
            } while (!last || database.count("walpost_dead_letter WHERE resolved_at IS NULL") > 0);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Within its wave, alone, and by the first replay. */
    private Outcome notAtFirst(ReceivedEvent event) throws UnprocessableEventException {
        boolean isRefused = new Random(seed + event.coordinates().offset()).nextInt(REFUSED_ONE_IN) == 0;
        if (isRefused && calls.merge(event.id(), 1, Integer::sum) <= REFUSALS) {
            throw new UnprocessableEventException("not yet");
        }
        return new Outcome.Applied();
    }

    private List<IncomingRecord> nextBatch() {
        List<IncomingRecord> records = new ArrayList<>();
        for (int i = 0; i < BATCH; i++) {
            String key = "key-" + random.nextInt(KEYS);
            sent.computeIfAbsent(key, k -> new ArrayList<>()).add(offset);
            records.add(Records.event(key, offset++));
        }
        return records;
    }
}
