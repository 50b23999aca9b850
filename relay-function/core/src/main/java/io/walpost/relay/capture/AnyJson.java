package io.walpost.relay.capture;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import io.walpost.relay.pgoutput.ByteView;
import java.io.IOException;
import java.util.HashSet;
import java.util.Set;

/** Finds the fields of any JSON object, and says where one is none. */
final class AnyJson {

    /** Deep enough for whatever a field that is passed over may hold. */
    private static final int MAX_DEPTH = 64;

    /** The contract says UTF-8: nothing is guessed. */
    private static final JsonFactory JSON = JsonFactory.builder()
            .disable(JsonFactory.Feature.CHARSET_DETECTION)
            .streamReadConstraints(
                    StreamReadConstraints.builder().maxNestingDepth(MAX_DEPTH).build())
            .build();

    private AnyJson() {}

    /** @throws MalformedMessageException if the content is not one JSON object, or has a field twice */
    static void scan(ByteView content, MessageFields fields) throws MalformedMessageException {
        try (JsonParser parser = JSON.createParser(content.array(), content.offset(), content.length())) {
            try {
                scan(parser, content, fields);
            } catch (IOException e) {
                // The parser's own words may quote the content.
                throw notOneObject(parser);
            }
        } catch (IOException e) {
            throw new IllegalStateException("Closing the parser of an array failed", e);
        }
    }

    private static void scan(JsonParser parser, ByteView content, MessageFields fields)
            throws IOException, MalformedMessageException {
        if (parser.nextToken() != JsonToken.START_OBJECT) {
            throw notOneObject(parser);
        }
        Set<String> others = null;
        for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
            Integer number = fields.number(name);
            if (number == null) {
                others = others == null ? new HashSet<>() : others;
                if (!others.add(name)) {
                    throw new MalformedMessageException("a field occurs twice");
                }
                parser.nextToken();
                parser.skipChildren();
            } else if (fields.isAbsent(number)) {
                locate(parser, content, fields, number);
            } else {
                throw new MalformedMessageException("the field '" + name + "' occurs twice");
            }
        }
        if (parser.currentToken() != JsonToken.END_OBJECT || parser.nextToken() != null) {
            throw notOneObject(parser);
        }
    }

    private static void locate(JsonParser parser, ByteView content, MessageFields fields, int number)
            throws IOException {
        JsonToken token = parser.nextToken();
        int start = content.offset() + (int) parser.currentTokenLocation().getByteOffset();
        switch (token) {
            case VALUE_NULL -> fields.putNull(number);
            case VALUE_STRING ->
                fields.putString(
                        number,
                        start + 1,
                        JsonText.closingQuote(content.array(), start + 1, content.end()),
                        true,
                        false);
            default -> {
                parser.skipChildren();
                fields.putOther(
                        number,
                        start,
                        content.offset() + (int) parser.currentLocation().getByteOffset());
            }
        }
    }

    private static MalformedMessageException notOneObject(JsonParser parser) {
        return new MalformedMessageException("its content is not one JSON object in UTF-8, as byte "
                + parser.currentLocation().getByteOffset() + " shows");
    }
}
