package io.walpost.consumer.lambda;

import io.walpost.consumer.IncomingRecord;
import io.walpost.consumer.Outcome;
import io.walpost.consumer.Patience;
import io.walpost.consumer.RecordConsumer;
import io.walpost.consumer.RecordCoordinates;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Has the partitions of a batch consumed at the same time, so that one in which a record has to wait does not hold up the
 * others. All records of a key lie in one partition, so their order stays. Its threads end with the call.
 */
final class SideBySide {

    private final RecordConsumer consumer;
    private final int atOnce;

    SideBySide(RecordConsumer consumer, int atOnce) {
        this.consumer = consumer;
        this.atOnce = atOnce;
    }

    /**
     * @param partitions the records of each, in their order
     * @return which of them are to be delivered again, partition by partition in their order
     */
    List<RecordCoordinates> consume(List<List<IncomingRecord>> partitions, Patience patience) {
        if (partitions.isEmpty()) {
            return List.of();
        }
        List<RecordCoordinates> toBeRetried = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(
                Math.min(atOnce, partitions.size()),
                Thread.ofPlatform().name("partition-", 0).factory())) {
            List<Future<List<RecordCoordinates>>> running = partitions.stream()
                    .map(records -> threads.submit(() -> toBeRetried(records, patience)))
                    .toList();
            for (Future<List<RecordCoordinates>> partition : running) {
                toBeRetried.addAll(resultOf(partition));
            }
        }
        return toBeRetried;
    }

    private List<RecordCoordinates> toBeRetried(List<IncomingRecord> records, Patience patience) {
        List<Outcome> outcomes = consumer.consume(records, patience);
        List<RecordCoordinates> toBeRetried = new ArrayList<>();
        for (int i = 0; i < records.size(); i++) {
            if (outcomes.get(i) instanceof Outcome.Retry) {
                toBeRetried.add(records.get(i).coordinates());
            }
        }
        return toBeRetried;
    }

    /** What a partition failed with fails the invocation, after the other partitions have come to their end. */
    private static <T> T resultOf(Future<T> partition) {
        try {
            return partition.get();
        } catch (ExecutionException e) {
            switch (e.getCause()) {
                case Error error -> throw error;
                case RuntimeException failure -> throw failure;
                default -> throw new IllegalStateException("A partition failed", e.getCause());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while partitions were consumed", e);
        }
    }
}
