package io.walpost.demo.check;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import io.walpost.outbox.EventHeaders;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;

/** Reads an order's event from a record. */
final class ArrivalReader {

    /** @throws IllegalArgumentException if the record is not an order's event; the message says where it is */
    Arrival read(ConsumerRecord<byte[], byte[]> record, Instant readAt) {
        try {
            JsonNode payload = Json.MAPPER.readTree(record.value());
            long orderId = Long.parseLong(new String(record.key(), UTF_8));
            if (payload.required("orderId").longValue() != orderId) {
                throw new IllegalArgumentException("its key is not its order id");
            }
            return new Arrival(
                    header(record, EventHeaders.ID),
                    orderId,
                    payload.required("version").longValue(),
                    header(record, EventHeaders.TYPE),
                    Instant.parse(header(record, EventHeaders.COMMITTED_AT)),
                    readAt,
                    Optional.ofNullable(payload.get("order")).map(Account::of));
        } catch (IOException | DateTimeException | IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "record %s-%d@%d is no order's event: %s"
                            .formatted(record.topic(), record.partition(), record.offset(), e.getMessage()),
                    e);
        }
    }

    private static String header(ConsumerRecord<?, ?> record, String name) {
        Header header = record.headers().lastHeader(name);
        if (header == null) {
            throw new IllegalArgumentException("it has no header " + name);
        }
        return new String(header.value(), UTF_8);
    }
}
