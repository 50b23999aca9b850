package io.walpost.billing.kafka;

import io.smallrye.reactive.messaging.kafka.api.IncomingKafkaRecordMetadata;
import io.walpost.consumer.IncomingRecord;
import io.walpost.consumer.RecordCoordinates;
import io.walpost.consumer.RecordHeader;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.eclipse.microprofile.reactive.messaging.Message;

/** From the connector's message to what the consumers' core reads. */
final class KafkaRecords {

    private KafkaRecords() {}

    static IncomingRecord read(Message<byte[]> message) {
        ConsumerRecord<?, ?> record = message.getMetadata(IncomingKafkaRecordMetadata.class)
                .orElseThrow(() -> new IllegalStateException("The channel 'orders' needs the connector smallrye-kafka"))
                .getRecord();
        List<RecordHeader> headers = new ArrayList<>();
        record.headers().forEach(header -> headers.add(new RecordHeader(header.key(), header.value())));
        return new IncomingRecord(
                new RecordCoordinates(record.topic(), record.partition(), record.offset()),
                (byte[]) record.key(),
                headers,
                (byte[]) record.value());
    }
}
