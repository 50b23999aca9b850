package io.walpost.consumer.runtime.kafka;

import io.smallrye.common.annotation.Identifier;
import io.smallrye.reactive.messaging.kafka.KafkaConnectorIncomingConfiguration;
import io.smallrye.reactive.messaging.kafka.KafkaConsumer;
import io.smallrye.reactive.messaging.kafka.commit.KafkaCommitHandler;
import io.vertx.mutiny.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.function.BiConsumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;

/** Makes the commit strategy {@code walpost-batches}, which commits every {@code auto.commit.interval.ms}. */
@ApplicationScoped
@Identifier("walpost-batches")
class BatchCommitFactory implements KafkaCommitHandler.Factory {

    private static final int DEFAULT_INTERVAL_MILLIS = 5000;

    @Override
    public KafkaCommitHandler create(
            KafkaConnectorIncomingConfiguration channel,
            Vertx vertx,
            KafkaConsumer<?, ?> consumer,
            BiConsumer<Throwable, Boolean> reportFailure) {
        int interval = channel.config()
                .getOptionalValue(ConsumerConfig.AUTO_COMMIT_INTERVAL_MS_CONFIG, Integer.class)
                .orElse(DEFAULT_INTERVAL_MILLIS);
        return new BatchCommit(consumer, task -> {
            long timer = vertx.setPeriodic(interval, id -> task.run());
            return () -> vertx.cancelTimer(timer);
        });
    }
}
