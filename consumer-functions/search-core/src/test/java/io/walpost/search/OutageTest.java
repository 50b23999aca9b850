package io.walpost.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.walpost.consumer.Failure;
import io.walpost.consumer.IncomingRecord;
import io.walpost.consumer.Outcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** OpenSearch is killed, away or frozen: nothing is lost, nothing is set aside. */
@Timeout(180)
class OutageTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static Indices indices;

    private String alias;

    @BeforeAll
    static void start() {
        indices = new Indices();
    }

    @AfterAll
    static void stop() {
        indices.close();
    }

    @BeforeEach
    void create() throws Exception {
        alias = indices.newIndex().alias();
    }

    @AfterEach
    void mend() {
        indices.server.start();
    }

    @Test
    void losesNothingWhenOpenSearchIsKilledInTheMiddleOfABulk() throws Exception {
        int waves = 40;
        int size = 500;
        SearchConsumer consumer = new SearchConsumer(indices.search, alias);
        AtomicInteger done = new AtomicInteger();
        List<Outcome> outcomes = new ArrayList<>();
        CompletableFuture<Void> work = CompletableFuture.runAsync(
                () -> {
                    for (int wave = 0; wave < waves; wave++) {
                        outcomes.addAll(consumer.consume(wave(1L + wave * size, size)));
                        done.incrementAndGet();
                    }
                },
                Thread::startVirtualThread);

        await().atMost(PATIENCE).pollInterval(Duration.ofMillis(5)).until(() -> done.get() >= 3);
        indices.server.kill();
        assertThat(work).as("killed while there was work to do").isNotDone();
        await().atMost(PATIENCE).until(() -> !consumer.attempts.failed.isEmpty());
        indices.server.start();
        work.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);

        assertThat(outcomes).hasSize(waves * size).allMatch(Outcome::isSettled);
        assertThat(consumer.letters.put).isEmpty();
        assertThat(indices.count(alias)).isEqualTo(waves * size);
    }

    @Test
    void setsNothingAsideWhileOpenSearchIsAwayForLongerThanTheRetryWindow() throws Exception {
        SearchConsumer consumer = new SearchConsumer(indices.search, alias);
        consumer.consume(wave(1, 10));
        indices.server.kill();
        long away = System.nanoTime();

        CompletableFuture<List<Outcome>> outcomes =
                CompletableFuture.supplyAsync(() -> consumer.consume(wave(11, 10)), Thread::startVirtualThread);
        await().atMost(PATIENCE)
                .until(() -> consumer.attempts.failed.size() > 100
                        && System.nanoTime() - away > 3 * SearchConsumer.RETRY_WINDOW.toNanos());
        assertThat(outcomes).isNotDone();
        assertThat(consumer.attempts.failed).allMatch(retry -> retry.failure() == Failure.SINK_UNREACHABLE);
        indices.server.start();

        assertThat(outcomes.get(PATIENCE.toSeconds(), TimeUnit.SECONDS))
                .hasSize(10)
                .allMatch(Outcome::isSettled);
        assertThat(consumer.letters.put).isEmpty();
        assertThat(indices.versions(alias)).hasSize(20);
    }

    @Test
    void waitsForOpenSearchThatDoesNotAnswerAndCountsNothingTwice() throws Exception {
        try (OpenSearch impatient = indices.client(Duration.ofMillis(300))) {
            SearchConsumer consumer = new SearchConsumer(impatient, alias);
            indices.server.pause();
            CompletableFuture<List<Outcome>> outcomes;
            try {
                outcomes =
                        CompletableFuture.supplyAsync(() -> consumer.consume(wave(1, 10)), Thread::startVirtualThread);
                await().atMost(PATIENCE).until(() -> consumer.attempts.failed.size() >= 20);
                assertThat(outcomes).isNotDone();
            } finally {
                indices.server.resume();
            }

            assertThat(outcomes.get(PATIENCE.toSeconds(), TimeUnit.SECONDS)).allMatch(Outcome::isSettled);
            assertThat(indices.versions(alias)).hasSize(10);
        }
    }

    @Test
    void leavesUnacknowledgedWhatItCouldNotIndexBeforeTheShutdown() throws Exception {
        SearchConsumer consumer = new SearchConsumer(indices.search, alias);
        indices.server.kill();
        CompletableFuture<List<Outcome>> outcomes =
                CompletableFuture.supplyAsync(() -> consumer.consume(wave(1, 10)), Thread::startVirtualThread);
        await().atMost(PATIENCE).until(() -> !consumer.attempts.failed.isEmpty());

        consumer.shutdown.begin();

        assertThat(outcomes.get(PATIENCE.toSeconds(), TimeUnit.SECONDS))
                .hasSize(10)
                .allMatch(Outcome.Retry.class::isInstance);
        assertThat(consumer.letters.put).isEmpty();
    }

    private static List<IncomingRecord> wave(long first, int size) {
        return LongStream.range(first, first + size)
                .mapToObj(id -> OrderRecords.changed(id, 1))
                .toList();
    }
}
