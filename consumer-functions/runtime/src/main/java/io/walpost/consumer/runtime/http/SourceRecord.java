package io.walpost.consumer.runtime.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.walpost.consumer.IncomingRecord;
import io.walpost.consumer.RecordCoordinates;
import io.walpost.consumer.RecordHeader;
import io.walpost.outbox.EventHeaders;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The record that KafkaSource made a CloudEvent of.
 *
 * <p>KafkaSource passes on a record with the headers {@code ce_*} as that CloudEvent, leaves out all its other headers, and
 * adds {@code knativekafkapartition}, {@code knativekafkaoffset} and, in later versions, {@code knativekafkatopic}
 * (knative-extensions/eventing-kafka-broker, CloudEventOverridesMutator). Of any other record it makes one of the type
 * {@code dev.knative.kafka.event} with the extension {@code key}, whose id and type are not the event's; that becomes a
 * dead letter.
 */
final class SourceRecord {

    private static final String CE_PREFIX = "ce_";
    private static final String TOPIC = "knativekafkatopic";
    private static final String PARTITION = "knativekafkapartition";
    private static final String OFFSET = "knativekafkaoffset";

    /** The headers of the relay that CloudEvents do not know, by the names that an extension can have. */
    private static final Map<String, String> POSITION = Map.of(
            "walpostlsn",
            EventHeaders.LSN,
            "walposttx",
            EventHeaders.TX,
            "walposttxorder",
            EventHeaders.TX_ORDER,
            "walposttxlast",
            EventHeaders.TX_LAST,
            "walpostcommittedat",
            EventHeaders.COMMITTED_AT,
            EventHeaders.TRACEPARENT,
            EventHeaders.TRACEPARENT,
            EventHeaders.TRACESTATE,
            EventHeaders.TRACESTATE,
            CloudEvent.CONTENT_TYPE,
            EventHeaders.CONTENT_TYPE);

    private SourceRecord() {}

    /**
     * @param topic the topic, if the event does not name it
     * @return empty if the event does not say where its record lies
     */
    static Optional<IncomingRecord> of(CloudEvent event, Optional<String> topic) {
        Optional<Long> partition = number(event, PARTITION);
        Optional<Long> offset = number(event, OFFSET);
        Optional<String> named = event.attribute(TOPIC).or(() -> topic);
        if (partition.isEmpty() || offset.isEmpty() || named.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new IncomingRecord(
                new RecordCoordinates(named.get(), Math.toIntExact(partition.get()), offset.get()),
                key(event),
                headers(event),
                event.data()));
    }

    private static Optional<Long> number(CloudEvent event, String name) {
        try {
            return event.attribute(name).map(Long::valueOf).filter(number -> number >= 0);
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    /** The subject of an event of the outbox is its key; the extensions are KafkaSource's, and those of other producers. */
    private static byte[] key(CloudEvent event) {
        return event.attribute("key")
                .or(() -> event.attribute("partitionkey"))
                .or(() -> event.attribute("subject"))
                .map(key -> key.getBytes(UTF_8))
                .orElse(null);
    }

    private static List<RecordHeader> headers(CloudEvent event) {
        List<RecordHeader> headers = new ArrayList<>();
        event.attributes()
                .forEach((name, value) -> headers.add(
                        new RecordHeader(POSITION.getOrDefault(name, CE_PREFIX + name), value.getBytes(UTF_8))));
        return headers;
    }
}
