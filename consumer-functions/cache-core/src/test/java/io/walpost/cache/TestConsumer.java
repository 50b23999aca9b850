package io.walpost.cache;

import io.walpost.consumer.BatchHandler;
import io.walpost.consumer.ConsumerListener;
import io.walpost.consumer.DeadLetters;
import io.walpost.consumer.IncomingRecord;
import io.walpost.consumer.Outcome;
import io.walpost.consumer.ReceivedEvent;
import io.walpost.consumer.RecordConsumer;
import io.walpost.consumer.RetryPolicy;
import io.walpost.consumer.Shutdown;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;

/** The library around a handler, impatient with what it does not know, and what it did. */
final class TestConsumer {

    static final Duration RETRY_WINDOW = Duration.ofMillis(200);

    private static final RetryPolicy POLICY =
            new RetryPolicy(Duration.ofMillis(5), Duration.ofMillis(50), 2, RETRY_WINDOW);

    final List<Outcome.Retry> retries = new CopyOnWriteArrayList<>();
    final List<Outcome.DeadLetter> letters = new CopyOnWriteArrayList<>();

    private final Shutdown shutdown = new Shutdown();
    private final RecordConsumer consumer;

    TestConsumer(BatchHandler handler) {
        consumer = new RecordConsumer(handler, new Letters(), POLICY, new Listener(), Clock.systemUTC());
    }

    List<Outcome> consume(List<IncomingRecord> records) {
        return consumer.consume(records, shutdown);
    }

    CompletableFuture<List<Outcome>> begin(List<IncomingRecord> records) {
        return CompletableFuture.supplyAsync(() -> consume(records), Thread::startVirtualThread);
    }

    private final class Letters implements DeadLetters {

        @Override
        public void put(IncomingRecord record, Outcome.DeadLetter verdict) {
            letters.add(verdict);
        }
    }

    private final class Listener implements ConsumerListener {

        @Override
        public void retrying(ReceivedEvent event, Outcome.Retry retry) {
            retries.add(retry);
        }
    }
}
