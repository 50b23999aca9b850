package io.walpost.billing.kafka;

import io.smallrye.reactive.messaging.kafka.api.IncomingKafkaRecordMetadata;
import io.walpost.consumer.IncomingRecord;
import io.walpost.consumer.RecordCoordinates;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.eclipse.microprofile.reactive.messaging.Message;

/** From the connector's message to what the consumers' core reads. */
final class KafkaRecords {

    private KafkaRecords() {}

    static IncomingRecord read(Message<byte[]> message) {
        ConsumerRecord<?, ?> record = message.getMetadata(IncomingKafkaRecordMetadata.class)
                .orElseThrow(() -> new IllegalStateException("The channel 'orders' needs the connector smallrye-kafka"))
                .getRecord();
        return new IncomingRecord(
                new RecordCoordinates(record.topic(), record.partition(), record.offset()),
                (byte[]) record.key(),
                lastHeaders(record),
                (byte[]) record.value());
    }

    private static Map<String, byte[]> lastHeaders(ConsumerRecord<?, ?> record) {
        Map<String, byte[]> headers = new HashMap<>();
        for (Header header : record.headers()) {
            if (header.value() == null) {
                headers.remove(header.key());
            } else {
                headers.put(header.key(), header.value());
            }
        }
        return headers;
    }
}
