package io.walpost.cache;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import io.walpost.consumer.UnprocessableEventException;
import java.io.IOException;
import java.util.Arrays;
import java.util.OptionalLong;

/**
 * Reads version and snapshot out of a payload, which is a JSON object with other fields besides. The whole of it must be
 * JSON; whatever else it contains is not looked at.
 */
final class PayloadReader {

    private static final String VERSION = "version";
    private static final String SNAPSHOT = "order";

    // Of two versions, neither is the one that was meant.
    private static final JsonFactory JSON = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private PayloadReader() {}

    /** @throws UnprocessableEventException if it is no JSON object, or its version is none; quotes nothing of it */
    static Payload read(byte[] payload) throws UnprocessableEventException {
        if (payload == null) {
            return Payload.EMPTY;
        }
        try (JsonParser parser = JSON.createParser(payload)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new UnprocessableEventException("The payload is not a JSON object");
            }
            Payload content = readFields(parser, payload);
            if (parser.nextToken() != null) {
                throw new UnprocessableEventException("The payload has something behind its JSON object");
            }
            return content;
        } catch (JsonProcessingException e) {
            throw new UnprocessableEventException("The payload is not JSON" + placeOf(e));
        } catch (IOException e) {
            throw new UnprocessableEventException("The payload is not readable as text");
        }
    }

    private static Payload readFields(JsonParser parser, byte[] payload)
            throws IOException, UnprocessableEventException {
        OptionalLong version = OptionalLong.empty();
        byte[] snapshot = Payload.EMPTY.snapshot();
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String field = parser.currentName();
            JsonToken value = parser.nextToken();
            if (field.equals(VERSION) && value != JsonToken.VALUE_NULL) {
                version = OptionalLong.of(readVersion(parser, value));
            } else if (field.equals(SNAPSHOT) && value == JsonToken.START_OBJECT) {
                snapshot = readSnapshot(parser, payload);
            } else {
                parser.skipChildren();
            }
        }
        return new Payload(version, snapshot);
    }

    private static long readVersion(JsonParser parser, JsonToken value)
            throws IOException, UnprocessableEventException {
        if (value == JsonToken.VALUE_NUMBER_INT && parser.getNumberType() != JsonParser.NumberType.BIG_INTEGER) {
            long version = parser.getLongValue();
            if (version >= 0) {
                return version;
            }
        }
        throw new UnprocessableEventException("The version in the payload is not a whole number from 0 to 2^63 - 1");
    }

    /** The bytes as they are: written anew, an amount of 12.50 could become 12.5. */
    private static byte[] readSnapshot(JsonParser parser, byte[] payload)
            throws IOException, UnprocessableEventException {
        long begin = parser.currentTokenLocation().getByteOffset();
        parser.skipChildren();
        long end = parser.currentLocation().getByteOffset();
        if (begin < 0) {
            // Jackson also reads UTF-16 and UTF-32, and then counts characters.
            throw new UnprocessableEventException("The payload is not UTF-8");
        }
        return Arrays.copyOfRange(payload, (int) begin, (int) end);
    }

    private static String placeOf(JsonProcessingException e) {
        return e.getLocation() == null
                ? ""
                : ", at line " + e.getLocation().getLineNr() + ", column "
                        + e.getLocation().getColumnNr();
    }
}
