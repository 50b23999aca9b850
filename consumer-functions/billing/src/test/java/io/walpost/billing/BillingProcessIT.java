package io.walpost.billing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.walpost.consumer.testing.FunctionProcess;
import org.junit.jupiter.api.Test;

class BillingProcessIT extends BillingProcessTest {

    private static final int ORDERS = 2000;
    private static final String NEVER_COMMIT = "mp.messaging.incoming.events.auto.commit.interval.ms=3600000";

    @Test
    void billsEachOrderOnceWhenKilledBetweenItsEffectsAndTheirOffsets() throws Exception {
        place(ORDERS);
        int billedBeforeTheKill;
        try (FunctionProcess billing = process(NEVER_COMMIT)) {
            await().atMost(PATIENCE).ignoreExceptions().until(() -> count("invoice") >= ORDERS / 10);
            billing.kill();
            billedBeforeTheKill = count("invoice");
        }
        assertThat(committedOffsets()).as("committed before the kill").isZero();

        try (FunctionProcess billing = process()) {
            await().atMost(PATIENCE).ignoreExceptions().until(() -> handled(billing) >= ORDERS);
            assertThat(billing.metric("walpost_consumer_events_total{consumer=\"billing\",outcome=\"duplicate\"}"))
                    .isGreaterThanOrEqualTo(billedBeforeTheKill);
            assertThat(billing.metric("walpost_consumer_dead_letters_total")).isZero();
            await().atMost(PATIENCE).until(() -> committedOffsets() == ORDERS);
            assertThat(billing.stop(30)).as("ended by itself").isTrue();
        }
        assertThat(count("invoice")).isEqualTo(ORDERS);
        assertThat(count("invoice_line")).isEqualTo(ORDERS);
        assertThat(count("walpost_inbox")).isEqualTo(ORDERS);
        assertThat(topic.deadLetters()).isEmpty();
    }

    @Test
    void endsPromptlyWhileItWaitsForTheDatabase() throws Exception {
        try (FunctionProcess billing = process()) {
            await().atMost(PATIENCE).until(billing::ready);
            postgres.kill();
            long order = Orders.newId();
            topic.send("OrderPlaced", order, Orders.placed(order));
            await().atMost(PATIENCE).until(() -> billing.metric("walpost_consumer_retries_total") > 0);

            assertThat(billing.stop(15)).as("ended by itself").isTrue();
            assertThat(topic.deadLetters()).isEmpty();
        }
    }

    @Test
    void refusesToStartWithSettingsThatCouldOnlyFailLater() throws Exception {
        try (FunctionProcess billing = process(
                "walpost.consumer.retry.attempts-on-unknown=0", "walpost.consumer.dead-letters.topic=dead letters")) {
            assertThat(billing.ends(60)).isTrue();
            assertThat(billing.exitCode()).isNotZero();
            assertThat(billing.log())
                    .contains("walpost.consumer.retry.attempts-on-unknown must be at least 1")
                    .contains("walpost.consumer.dead-letters.topic must have");
        }
    }
}
