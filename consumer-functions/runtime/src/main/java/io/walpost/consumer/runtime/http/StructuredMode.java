package io.walpost.consumer.runtime.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * The structured mode of CloudEvents over HTTP (HTTP protocol binding, section 3.2) in JSON.
 *
 * <p>Reads the text as a stream, because a payload that is JSON has to keep its bytes: read into a tree and written again,
 * as the SDK of CloudEvents does, 12.50 becomes 12.5.
 */
final class StructuredMode {

    private static final String JSON_TYPE = "application/cloudevents+json";
    private static final String FAMILY = "application/cloudevents";
    private static final String NO_JSON = "The body is not the JSON of a CloudEvent";

    /** Without Jackson's limits: the size of the request is limited, and a payload is not refused for its shape. */
    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(Integer.MAX_VALUE)
                    .maxStringLength(Integer.MAX_VALUE)
                    .maxNumberLength(Integer.MAX_VALUE)
                    .maxNameLength(Integer.MAX_VALUE)
                    .build())
            .build();

    private StructuredMode() {}

    /** @throws NoCloudEventException if it is a CloudEvent in a format that is not understood, or a batch of them */
    static boolean isUsedBy(String contentType) throws NoCloudEventException {
        if (contentType == null) {
            return false;
        }
        String type = contentType.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
        if (!type.startsWith(FAMILY)) {
            return false;
        }
        if (!type.equals(JSON_TYPE)) {
            throw NoCloudEventException.unsupported("Of the structured formats only " + JSON_TYPE + " is understood");
        }
        return true;
    }

    static CloudEvent read(byte[] body) throws NoCloudEventException {
        try (JsonParser parser = JSON.createParser(body)) {
            require(parser.nextToken() == JsonToken.START_OBJECT);
            Content content = new Content();
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String name = parser.currentName();
                parser.nextToken();
                content.add(name, parser, body);
            }
            require(parser.nextToken() == null);
            return content.event();
        } catch (IOException | IllegalArgumentException e) {
            // Without its cause, whose message quotes the body.
            throw NoCloudEventException.malformed(NO_JSON);
        }
    }

    private static void require(boolean wellFormed) throws NoCloudEventException {
        if (!wellFormed) {
            throw NoCloudEventException.malformed(NO_JSON);
        }
    }

    /** What is found on the way: the content type, which says what the data is, may stand behind it. */
    private static final class Content {
        private final Map<String, String> attributes = new HashMap<>();
        private byte[] raw;
        private String text;
        private byte[] binary;

        void add(String name, JsonParser parser, byte[] body) throws IOException, NoCloudEventException {
            if (parser.currentToken() == JsonToken.VALUE_NULL) {
                return;
            }
            switch (name) {
                case "data" -> {
                    text = parser.currentToken() == JsonToken.VALUE_STRING ? parser.getText() : null;
                    raw = rawValue(parser, body);
                }
                case "data_base64" -> binary = parser.getBinaryValue();
                default ->
                    attributes.put(
                            name,
                            parser.currentToken().isScalarValue()
                                    ? parser.getText()
                                    : new String(rawValue(parser, body), UTF_8));
            }
        }

        /** The bytes of the value that the parser stands on. There are no places of bytes in what is not UTF-8. */
        private static byte[] rawValue(JsonParser parser, byte[] body) throws IOException, NoCloudEventException {
            int from = (int) parser.currentTokenLocation().getByteOffset();
            parser.skipChildren();
            parser.finishToken();
            int to = (int) parser.currentLocation().getByteOffset();
            require(from >= 0 && to >= from);
            return Arrays.copyOfRange(body, from, to);
        }

        CloudEvent event() {
            return new CloudEvent(
                    attributes, binary != null ? binary : raw != null && isText() ? text.getBytes(UTF_8) : raw);
        }

        /** CloudEvents' JSON format, section 3.1: a string is itself the payload unless the payload is JSON. */
        private boolean isText() {
            String type = attributes.getOrDefault(CloudEvent.CONTENT_TYPE, "application/json");
            String essence = type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
            return text != null && !essence.endsWith("/json") && !essence.endsWith("+json");
        }
    }
}
