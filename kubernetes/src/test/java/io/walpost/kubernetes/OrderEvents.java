package io.walpost.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Events that the relay published, as KafkaSource delivers them. */
final class OrderEvents {

    /** As many as a manifest's containerConcurrency lets in at once. */
    private static final int PARTITIONS = 16;

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private OrderEvents() {}

    static HttpRequest.Builder placed(URI consumer, UUID id, long order, int partition, long offset) {
        Map<String, String> attributes = Map.of(
                "specversion",
                "1.0",
                "id",
                id.toString(),
                "source",
                "/walpost/walpost",
                "type",
                "OrderPlaced",
                "subject",
                Long.toString(order),
                "time",
                "2026-03-01T12:00:00Z",
                "knativekafkapartition",
                Integer.toString(partition),
                "knativekafkaoffset",
                Long.toString(offset));
        String lines = "[{\"lineId\":1,\"sku\":\"book\",\"quantity\":2,\"unitPrice\":12.50}]";
        HttpRequest.Builder request = HttpRequest.newBuilder(consumer)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString("""
                        {"orderId":%1$d,"version":1,"customer":"ada","currency":"EUR","lines":%2$s,"total":25.00,\
                        "order":{"id":%1$d,"version":1,"customer":"ada","currency":"EUR","status":"PLACED",\
                        "total":25.00,"lines":%2$s}}""".formatted(order, lines)));
        attributes.forEach((name, value) -> request.header("ce-" + name, value));
        return request;
    }

    /** So many orders, those of a partition one after the other, as fast as they are taken. */
    static void deliver(ContainerProcess consumer, int orders) throws InterruptedException, ExecutionException {
        try (ExecutorService partitions = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> ends = new ArrayList<>();
            for (int partition = 0; partition < PARTITIONS; partition++) {
                int number = partition;
                ends.add(partitions.submit(() -> {
                    for (long order = number; order < orders; order += PARTITIONS) {
                        HttpRequest.Builder event =
                                placed(consumer.uri("/"), UUID.randomUUID(), order + 1, number, order / PARTITIONS);
                        assertThat(sent(consumer, event)).as(consumer.log()).isEqualTo(204);
                    }
                }));
            }
            for (Future<?> end : ends) {
                end.get();
            }
        }
    }

    /** Sends it again after 503 and a connection that broke, as KafkaSource does. */
    private static int sent(ContainerProcess consumer, HttpRequest.Builder event) {
        Instant end = Instant.now().plus(PATIENCE);
        int status = consumer.send(event);
        while ((status == 503 || status == 0) && Instant.now().isBefore(end)) {
            status = consumer.send(event);
        }
        return status;
    }
}
