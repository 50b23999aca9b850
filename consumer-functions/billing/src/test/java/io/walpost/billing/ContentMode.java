package io.walpost.billing;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.RawValue;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;

/** How a record becomes a request, in the two modes of CloudEvents over HTTP. */
enum ContentMode {
    /** Attributes in headers, the payload as it is. */
    BINARY {
        @Override
        HttpRequest request(URI sink, ConsumerRecord<byte[], byte[]> record) {
            HttpRequest.Builder request = HttpRequest.newBuilder(sink)
                    .POST(
                            record.value() == null
                                    ? BodyPublishers.noBody()
                                    : BodyPublishers.ofByteArray(record.value()));
            attributes(record).forEach((name, value) -> request.header("ce-" + name, value));
            contentType(record).forEach(type -> request.header("Content-Type", type));
            return request.build();
        }
    },
    /** All of it as one JSON object; a payload that is no JSON in base64. */
    STRUCTURED {
        @Override
        HttpRequest request(URI sink, ConsumerRecord<byte[], byte[]> record) {
            ObjectNode event = JSON.createObjectNode();
            attributes(record).forEach(event::put);
            contentType(record).forEach(type -> event.put("datacontenttype", type));
            if (record.value() != null) {
                if (isJson(record.value())) {
                    event.putRawValue("data", new RawValue(new String(record.value(), UTF_8)));
                } else {
                    event.put("data_base64", record.value());
                }
            }
            return HttpRequest.newBuilder(sink)
                    .header("Content-Type", "application/cloudevents+json")
                    .POST(BodyPublishers.ofString(event.toString()))
                    .build();
        }
    };

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String CE = "ce_";

    abstract HttpRequest request(URI sink, ConsumerRecord<byte[], byte[]> record);

    /** A record with the headers of a CloudEvent is passed on as that, and of any other one is made. */
    static Map<String, String> attributes(ConsumerRecord<byte[], byte[]> record) {
        Map<String, String> attributes = new LinkedHashMap<>();
        if (record.headers().lastHeader("ce_specversion") != null) {
            for (Header header : record.headers()) {
                if (header.key().startsWith(CE)) {
                    attributes.put(header.key().substring(CE.length()), new String(header.value(), UTF_8));
                }
            }
        } else {
            attributes.put("specversion", "1.0");
            attributes.put("id", "partition:" + record.partition() + "/offset:" + record.offset());
            attributes.put("source", "/apis/v1/namespaces/default/kafkasources/orders#" + record.topic());
            attributes.put("type", "dev.knative.kafka.event");
            attributes.put("subject", "partition:" + record.partition() + "#" + record.offset());
            if (record.key() != null) {
                attributes.put("key", new String(record.key(), UTF_8));
            }
        }
        attributes.put("knativekafkapartition", Integer.toString(record.partition()));
        attributes.put("knativekafkaoffset", Long.toString(record.offset()));
        return attributes;
    }

    static List<String> contentType(ConsumerRecord<byte[], byte[]> record) {
        Header type = record.headers().lastHeader("content-type");
        return type == null ? List.of() : List.of(new String(type.value(), UTF_8));
    }

    static boolean isJson(byte[] value) {
        try {
            JSON.readTree(value);
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
