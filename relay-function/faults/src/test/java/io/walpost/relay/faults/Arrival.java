package io.walpost.relay.faults;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.walpost.outbox.Lsn;
import io.walpost.relay.testing.TopicReader;
import java.time.Instant;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * An event as a consumer gets it.
 *
 * @param sent when the relay handed it to its producer
 */
record Arrival(String aggregate, String payload, Instant sent, Lsn commit) {

    static Arrival of(ConsumerRecord<byte[], byte[]> record) {
        return new Arrival(
                new String(record.key(), UTF_8),
                TopicReader.value(record),
                Instant.ofEpochMilli(record.timestamp()),
                Lsn.parse(TopicReader.header(record, "walpost-lsn")));
    }
}
