package io.walpost.consumer.runtime.kafka;

import io.smallrye.reactive.messaging.kafka.impl.KafkaRecordHelper;
import io.walpost.consumer.IncomingRecord;
import io.walpost.consumer.RecordCoordinates;
import io.walpost.consumer.RecordHeader;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;

/** From the client's record to what the consumers' core reads. */
final class KafkaRecords {

    private KafkaRecords() {}

    static IncomingRecord read(ConsumerRecord<byte[], byte[]> record) {
        List<RecordHeader> headers = new ArrayList<>();
        for (Header header : record.headers()) {
            // The connector's note to itself, which it puts on every record.
            if (!header.key().equals(KafkaRecordHelper.SMALLRYE_GENERATION_ID)) {
                headers.add(new RecordHeader(header.key(), header.value()));
            }
        }
        return new IncomingRecord(
                new RecordCoordinates(record.topic(), record.partition(), record.offset()),
                record.key(),
                headers,
                record.value());
    }
}
