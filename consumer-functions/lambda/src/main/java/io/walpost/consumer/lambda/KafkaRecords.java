package io.walpost.consumer.lambda;

import com.amazonaws.services.lambda.runtime.events.KafkaEvent;
import com.amazonaws.services.lambda.runtime.events.KafkaEvent.KafkaEventRecord;
import io.walpost.consumer.IncomingRecord;
import io.walpost.consumer.RecordCoordinates;
import io.walpost.consumer.RecordHeader;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/**
 * From Lambda's event to what the consumers' core reads. Keys and values are base64, a header's value is an array of
 * signed bytes; each may be null.
 *
 * <p>Strict about where a record lies, since acknowledgements and dead letters hang on it: the place under which it is
 * listed must be its own, and the offsets of a partition must rise.
 */
final class KafkaRecords {

    private KafkaRecords() {}

    /**
     * The records of each partition, in their order.
     *
     * @throws MalformedEventException if it is no batch of Kafka records
     */
    static List<List<IncomingRecord>> byPartition(KafkaEvent event) {
        if (event == null || event.getRecords() == null) {
            throw new MalformedEventException(
                    "The event has no 'records'; is the function invoked by an event source mapping for Kafka?");
        }
        List<List<IncomingRecord>> partitions = new ArrayList<>();
        for (Map.Entry<String, List<KafkaEventRecord>> partition :
                event.getRecords().entrySet()) {
            if (partition.getValue() == null) {
                throw new MalformedEventException("The event's '" + partition.getKey() + "' has no list of records");
            }
            List<IncomingRecord> records = new ArrayList<>(partition.getValue().size());
            long last = -1;
            for (KafkaEventRecord record : partition.getValue()) {
                RecordCoordinates coordinates = coordinates(partition.getKey(), last, record);
                records.add(new IncomingRecord(
                        coordinates,
                        decode(coordinates, "key", record.getKey()),
                        headers(coordinates, record.getHeaders()),
                        decode(coordinates, "value", record.getValue())));
                last = coordinates.offset();
            }
            if (!records.isEmpty()) {
                partitions.add(records);
            }
        }
        return partitions;
    }

    private static RecordCoordinates coordinates(String place, long last, KafkaEventRecord record) {
        if (record == null || record.getTopic() == null) {
            throw new MalformedEventException("A record of the event's '" + place + "' has no topic");
        }
        RecordCoordinates coordinates =
                new RecordCoordinates(record.getTopic(), record.getPartition(), record.getOffset());
        if (!place.equals(record.getTopic() + "-" + record.getPartition())) {
            throw new MalformedEventException(
                    "The event lists the record " + coordinates + " as one of '" + place + "'");
        }
        if (record.getOffset() <= last) {
            throw new MalformedEventException("The event lists the record " + coordinates
                    + (last < 0 ? ", which is no offset" : " behind the offset " + last));
        }
        return coordinates;
    }

    private static byte[] decode(RecordCoordinates coordinates, String part, String base64) {
        if (base64 == null) {
            return null;
        }
        try {
            return Base64.getDecoder().decode(base64);
        } catch (IllegalArgumentException e) {
            // Without its cause, whose message would quote a character of it.
            throw new MalformedEventException("The " + part + " of the record " + coordinates + " is not base64");
        }
    }

    /** A list of objects, each with one header as a rule, because Kafka's headers have an order and may repeat. */
    private static List<RecordHeader> headers(RecordCoordinates coordinates, List<Map<String, byte[]>> listed) {
        if (listed == null) {
            return List.of();
        }
        List<RecordHeader> headers = new ArrayList<>(listed.size());
        for (Map<String, byte[]> entry : listed) {
            if (entry == null) {
                throw new MalformedEventException("A header of the record " + coordinates + " is null");
            }
            entry.forEach((name, value) -> headers.add(new RecordHeader(name, value)));
        }
        return headers;
    }
}
