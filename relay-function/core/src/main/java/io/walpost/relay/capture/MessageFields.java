package io.walpost.relay.capture;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import io.walpost.relay.pgoutput.ByteView;
import java.io.IOException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Where the fields of one JSON object are in a message. A parser checks the syntax and finds the values; the values
 * themselves are taken from the message's bytes, and only those that are asked for.
 */
final class MessageFields {

    /** Deep enough for whatever a field that is passed over may hold. */
    private static final int MAX_DEPTH = 64;

    /** The contract says UTF-8: nothing is guessed. */
    private static final JsonFactory JSON = JsonFactory.builder()
            .disable(JsonFactory.Feature.CHARSET_DETECTION)
            .streamReadConstraints(
                    StreamReadConstraints.builder().maxNestingDepth(MAX_DEPTH).build())
            .build();

    private final byte[] bytes;
    private final int offset;
    private final JsonToken[] tokens;
    private final int[] starts;
    private final int[] ends;

    private MessageFields(ByteView content, int count) {
        this.bytes = content.array();
        this.offset = content.offset();
        this.tokens = new JsonToken[count];
        this.starts = new int[count];
        this.ends = new int[count];
    }

    /**
     * @param names the fields that may be asked for, each with its number, from 0
     * @throws MalformedMessageException if the content is not one JSON object, or has a field twice
     */
    static MessageFields find(ByteView content, Map<String, Integer> names) throws MalformedMessageException {
        MessageFields fields = new MessageFields(content, names.size());
        try (JsonParser parser = JSON.createParser(content.array(), content.offset(), content.length())) {
            try {
                fields.scan(parser, names);
            } catch (IOException e) {
                // The parser's own words may quote the content.
                throw notOneObject(parser);
            }
        } catch (IOException e) {
            throw new IllegalStateException("Closing a parser of an array failed", e);
        }
        return fields;
    }

    private void scan(JsonParser parser, Map<String, Integer> names) throws IOException, MalformedMessageException {
        if (parser.nextToken() != JsonToken.START_OBJECT) {
            throw notOneObject(parser);
        }
        Set<String> others = null;
        for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
            Integer number = names.get(name);
            if (number == null) {
                others = others == null ? new HashSet<>() : others;
                if (!others.add(name)) {
                    throw new MalformedMessageException("a field occurs twice");
                }
                parser.nextToken();
                parser.skipChildren();
            } else if (tokens[number] == null) {
                locate(parser, number);
            } else {
                throw new MalformedMessageException("the field '" + name + "' occurs twice");
            }
        }
        if (parser.currentToken() != JsonToken.END_OBJECT || parser.nextToken() != null) {
            throw notOneObject(parser);
        }
    }

    private void locate(JsonParser parser, int number) throws IOException {
        tokens[number] = parser.nextToken();
        starts[number] = offset + (int) parser.currentTokenLocation().getByteOffset();
        if (tokens[number] != JsonToken.VALUE_STRING) {
            parser.skipChildren();
            ends[number] = offset + (int) parser.currentLocation().getByteOffset();
        }
    }

    private static MalformedMessageException notOneObject(JsonParser parser) {
        return new MalformedMessageException("its content is not one JSON object in UTF-8, as byte "
                + parser.currentLocation().getByteOffset() + " shows");
    }

    boolean isAbsent(int number) {
        return tokens[number] == null;
    }

    boolean isNull(int number) {
        return tokens[number] == JsonToken.VALUE_NULL;
    }

    boolean isString(int number) {
        return tokens[number] == JsonToken.VALUE_STRING;
    }

    /** A string's characters; the JSON text of anything else. Not certain to be well-formed UTF-8. */
    byte[] text(int number) {
        return isString(number)
                ? JsonText.unquote(bytes, starts[number])
                : Arrays.copyOfRange(bytes, starts[number], ends[number]);
    }
}
