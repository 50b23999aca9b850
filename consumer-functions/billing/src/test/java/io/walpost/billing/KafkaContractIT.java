package io.walpost.billing;

import static org.assertj.core.api.Assertions.assertThat;

import io.walpost.consumer.testing.BindingContract;
import io.walpost.consumer.testing.FunctionProcess;
import io.walpost.consumer.testing.RunningConsumer;
import java.sql.Connection;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The packaged service as a member of a group of Kafka's. */
class KafkaContractIT extends BindingContract {

    private static final Map<String, String> CHANNEL = Map.of(
            "mp.messaging.incoming.events.session.timeout.ms", "6000",
            "mp.messaging.incoming.events.auto.commit.interval.ms", "100");

    @Override
    protected RunningConsumer start(String group, Map<String, String> settings) throws Exception {
        Map<String, String> all = new HashMap<>(QUICK);
        all.putAll(CHANNEL);
        all.put("mp.messaging.incoming.events.group.id", group);
        all.putAll(settings);
        return new Service(ServiceProcess.start(environment(), all));
    }

    @Test
    void acknowledgesABatchUpToTheRecordThatHasToWait() throws Exception {
        long waiting = newOrder();
        long before = newOrderBeside(waiting);
        long behind = newOrderBeside(waiting);
        place(waiting);
        awaitAcknowledged();
        long acknowledged = acknowledged(waiting);
        stopConsumer();
        // One batch, since nobody takes them yet.
        place(before);
        addLine(waiting, 2);
        place(behind);
        try (Connection accountant =
                database.holding("SELECT FROM invoice WHERE order_id = " + waiting + " FOR UPDATE")) {
            consumeWith(Map.of("quarkus.datasource.jdbc.additional-jdbc-properties.options", "-c lock_timeout=300ms"));
            patiently().until(() -> !stateOf(before).isEmpty());

            stopConsumer();
            assertThat(acknowledged(waiting)).as("what lies before it").isEqualTo(acknowledged + 1);
        }

        consumeWith(Map.of());
        awaitAcknowledged();
        assertThat(stateOf(waiting)).contains("line 2: pen");
        assertThat(stateOf(behind)).isEqualTo(stateOf(before));
        assertThat(lettersOf(waiting)).isEmpty();
    }

    private record Service(FunctionProcess process) implements RunningConsumer {

        @Override
        public double waits() throws Exception {
            return process.metric("walpost_consumer_retries_total");
        }

        @Override
        public void kill() throws Exception {
            process.kill();
        }

        @Override
        public void close() throws Exception {
            assertThat(process.stop(30)).as("ended by itself").isTrue();
        }
    }
}
