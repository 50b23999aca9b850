package io.walpost.billing;

import static org.assertj.core.api.Assertions.assertThat;

import io.walpost.consumer.testing.BindingContract;
import io.walpost.consumer.testing.FunctionProcess;
import io.walpost.consumer.testing.RunningConsumer;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The packaged service as Knative's KafkaSource sees it, which sends events in the binary mode. */
class KnativeContractIT extends BindingContract {

    private static final Map<String, String> HTTP = Map.of(
            "walpost.consumer.binding", "http",
            "walpost.consumer.http.patience", "1s",
            "walpost.consumer.http.retry-after", "1s");

    ContentMode mode() {
        return ContentMode.BINARY;
    }

    @Override
    protected RunningConsumer start(String group, Map<String, String> settings) throws Exception {
        Map<String, String> all = new HashMap<>(QUICK);
        all.putAll(HTTP);
        all.putAll(settings);
        FunctionProcess process = ServiceProcess.start(environment(), all);
        return new KnativeService(
                process, new KafkaSource(kafka.bootstrapServers(), TOPIC, PARTITIONS, group, process.url(), mode()));
    }

    /** The process may be gone, scaled to zero, between two events of a key. */
    @Test
    void keepsAKeyParkedThoughItsProcessIsAnother() throws Exception {
        long order = newOrder();
        refuse(order);
        place(order);
        awaitAcknowledged();
        stopConsumer();
        accept(order);

        consumeWith(Map.of());
        addLine(order, 2);

        awaitAcknowledged();
        assertThat(lettersOf(order)).containsExactly("constraint-violation", "parked");
        assertThat(stateOf(order)).isEmpty();
        replay(order);
        assertThat(stateOf(order)).isEqualTo(WITH_A_LINE);
    }

    private record KnativeService(FunctionProcess process, KafkaSource source) implements RunningConsumer {

        @Override
        public double waits() {
            return source.refusals();
        }

        @Override
        public void kill() throws Exception {
            process.kill();
        }

        @Override
        public void close() throws Exception {
            source.close();
            process.kill();
        }
    }
}
