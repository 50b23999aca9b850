package io.walpost.billing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Partitions that change hands under load. */
class RebalanceIT extends BillingProcessTest {

    private static final int BATCH = 50;

    @Test
    void billsEachOrderOnceWhileOneInstanceJoinsAndAnotherLeaves() throws Exception {
        AtomicBoolean enough = new AtomicBoolean();
        AtomicInteger placed = new AtomicInteger();
        double byTheFirst;
        try (BillingProcess first = process()) {
            CompletableFuture<Void> load = CompletableFuture.runAsync(() -> {
                while (!enough.get()) {
                    placed.addAndGet(place(BATCH).size());
                }
            });
            try {
                await().atMost(PATIENCE).ignoreExceptions().until(() -> handled(first) > BATCH);
                try (BillingProcess second = process()) {
                    await().atMost(PATIENCE).ignoreExceptions().until(() -> handled(second) > BATCH);
                    byTheFirst = handled(first);
                    assertThat(first.stop(30)).as("ended by itself").isTrue();
                    int placedBeforeTheSecondWasAlone = placed.get();
                    await().atMost(PATIENCE).until(() -> placed.get() > placedBeforeTheSecondWasAlone + BATCH);
                    enough.set(true);
                    load.get(30, TimeUnit.SECONDS);

                    await().atMost(PATIENCE).until(() -> committedOffsets() == placed.get());
                    assertThat(byTheFirst).isPositive();
                    assertThat(second.metric("walpost_consumer_events_total{consumer=\"billing\",outcome=\"applied\"}"))
                            .isLessThanOrEqualTo(placed.get() - byTheFirst);
                }
            } finally {
                enough.set(true);
            }
        }
        assertThat(count("invoice")).isEqualTo(placed.get());
        assertThat(count("invoice_line")).isEqualTo(placed.get());
        assertThat(count("walpost_inbox")).isEqualTo(placed.get());
        assertThat(topic.deadLetters()).isEmpty();
    }
}
