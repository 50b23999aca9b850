package io.walpost.search.cli;

import io.walpost.consumer.IncomingRecord;
import io.walpost.consumer.Outcome;
import io.walpost.localstack.LocalKafka;
import io.walpost.search.Letters;
import io.walpost.search.OpenSearch;
import io.walpost.search.SearchConsumer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Follows the topic and keeps the index up to date, as the service does. */
final class LiveConsumer implements AutoCloseable {

    private final SearchConsumer consumer;
    private final CompletableFuture<Void> work;

    LiveConsumer(LocalKafka kafka, String topic, OpenSearch search, String alias) {
        consumer = new SearchConsumer(search, alias);
        Map<String, Object> settings = Map.of(
                "bootstrap.servers",
                kafka.bootstrapServers(),
                "group.id",
                "live-" + topic,
                "auto.offset.reset",
                "earliest",
                "enable.auto.commit",
                false);
        work = CompletableFuture.runAsync(() -> follow(settings, topic), task -> new Thread(task, "live").start());
    }

    private void follow(Map<String, Object> settings, String topic) {
        try (KafkaConsumer<byte[], byte[]> kafka =
                new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            kafka.subscribe(List.of(topic));
            while (!consumer.shutdown.isOver()) {
                List<IncomingRecord> records = new ArrayList<>();
                kafka.poll(Duration.ofMillis(50)).forEach(record -> records.add(TopicReader.incoming(record)));
                if (consumer.consume(records).stream().noneMatch(Outcome.Retry.class::isInstance)) {
                    kafka.commitSync();
                }
            }
        }
    }

    Letters letters() {
        return consumer.letters;
    }

    @Override
    public void close() throws Exception {
        consumer.shutdown.begin();
        work.get(30, TimeUnit.SECONDS);
    }
}
