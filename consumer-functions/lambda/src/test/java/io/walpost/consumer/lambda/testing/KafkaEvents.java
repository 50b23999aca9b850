package io.walpost.consumer.lambda.testing;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Base64;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;

/**
 * Records as an event of Lambda, in the form that "Example event" in "Using Lambda with self-managed Apache Kafka" (AWS
 * Lambda Developer Guide) shows: base64, but the values of headers as arrays of signed bytes.
 */
final class KafkaEvents {

    private static final ObjectMapper JSON = new ObjectMapper();

    private KafkaEvents() {}

    static String event(List<ConsumerRecord<byte[], byte[]>> records) {
        ObjectNode event = JSON.createObjectNode();
        event.put("eventSource", "SelfManagedKafka");
        event.put("bootstrapServers", "kafka.example.com:9092");
        ObjectNode places = event.putObject("records");
        for (ConsumerRecord<byte[], byte[]> record : records) {
            String place = place(record);
            ArrayNode list = places.has(place) ? (ArrayNode) places.get(place) : places.putArray(place);
            write(record, list.addObject());
        }
        return event.toString();
    }

    static String place(ConsumerRecord<byte[], byte[]> record) {
        return record.topic() + "-" + record.partition();
    }

    private static void write(ConsumerRecord<byte[], byte[]> record, ObjectNode node) {
        node.put("topic", record.topic());
        node.put("partition", record.partition());
        node.put("offset", record.offset());
        node.put("timestamp", record.timestamp());
        node.put("timestampType", "CREATE_TIME");
        if (record.key() != null) {
            node.put("key", Base64.getEncoder().encodeToString(record.key()));
        }
        node.put("value", record.value() == null ? null : Base64.getEncoder().encodeToString(record.value()));
        ArrayNode headers = node.putArray("headers");
        for (Header header : record.headers()) {
            ObjectNode entry = headers.addObject();
            if (header.value() == null) {
                entry.putNull(header.key());
            } else {
                ArrayNode bytes = entry.putArray(header.key());
                for (byte signed : header.value()) {
                    bytes.add((int) signed);
                }
            }
        }
    }
}
