package io.walpost.consumer;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** The text parts of one record, read strictly: absent, well formed, or a {@link MalformedRecordException}. */
final class HeaderReader {

    private final RecordCoordinates coordinates;
    private final List<RecordHeader> headers;

    HeaderReader(RecordCoordinates coordinates, List<RecordHeader> headers) {
        this.coordinates = coordinates;
        this.headers = headers;
    }

    String key(byte[] key) throws MalformedRecordException {
        if (key == null) {
            throw new MalformedRecordException(coordinates, "key", "is missing");
        }
        return parse("key", key, Function.identity());
    }

    /** @param parser throws IllegalArgumentException for text that it does not understand */
    <T> Optional<T> optional(String name, Function<String, T> parser) throws MalformedRecordException {
        byte[] value = last(name);
        return value == null ? Optional.empty() : Optional.of(parse(part(name), value, parser));
    }

    <T> T required(String name, Function<String, T> parser) throws MalformedRecordException {
        Optional<T> value = optional(name, parser);
        if (value.isEmpty()) {
            throw missing(name);
        }
        return value.get();
    }

    <T> Optional<T> firstOf(String name, String alternative, Function<String, T> parser)
            throws MalformedRecordException {
        Optional<T> value = optional(name, parser);
        return value.isPresent() ? value : optional(alternative, parser);
    }

    /** For what is carried and not needed: empty unless it is text. */
    Optional<String> ifText(String name) {
        byte[] value = last(name);
        if (value == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(decode(value)).filter(text -> !text.isBlank());
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }

    MalformedRecordException missing(String name) {
        return new MalformedRecordException(coordinates, part(name), "is missing");
    }

    private <T> T parse(String part, byte[] bytes, Function<String, T> parser) throws MalformedRecordException {
        String text = decode(part, bytes);
        if (text.isBlank()) {
            throw new MalformedRecordException(coordinates, part, "is blank");
        }
        try {
            return parser.apply(text);
        } catch (IllegalArgumentException e) {
            // Without its cause: the cause's message would quote what the record holds.
            throw new MalformedRecordException(coordinates, part, "is malformed");
        }
    }

    /** The last of a name counts; it has no value if that one has none. */
    private byte[] last(String name) {
        byte[] value = null;
        for (RecordHeader header : headers) {
            if (header.name().equals(name)) {
                value = header.value();
            }
        }
        return value;
    }

    private String decode(String part, byte[] bytes) throws MalformedRecordException {
        try {
            return decode(bytes);
        } catch (CharacterCodingException e) {
            throw new MalformedRecordException(coordinates, part, "is not UTF-8");
        }
    }

    /** Unlike the constructor of String, which replaces what is not UTF-8. */
    private static String decode(byte[] bytes) throws CharacterCodingException {
        return StandardCharsets.UTF_8
                .newDecoder()
                .decode(ByteBuffer.wrap(bytes))
                .toString();
    }

    private static String part(String name) {
        return "header '" + name + "'";
    }
}
