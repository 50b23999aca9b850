package io.walpost.relay.capture;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.walpost.relay.pgoutput.ByteView;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Where the fields of a message are. Only positions are kept: the values are taken from the message's bytes when they
 * are asked for. Used for one message after the other, by one thread.
 */
final class MessageFields {

    private enum Kind {
        ABSENT,
        NULL,
        STRING,
        OTHER
    }

    private final List<String> names;
    private final Map<String, Integer> numbers = new HashMap<>();
    private final byte[][] quotedNames;
    private final Kind[] kinds;
    private final int[] starts;
    private final int[] ends;
    private final boolean[] escaped;
    private final boolean[] ascii;
    private byte[] bytes;

    /** @param names the fields that may be asked for, by their numbers; all different */
    MessageFields(List<String> names) {
        this.names = List.copyOf(names);
        this.names.forEach(name -> numbers.put(name, numbers.size()));
        this.quotedNames =
                names.stream().map(name -> ('"' + name + '"').getBytes(UTF_8)).toArray(byte[][]::new);
        this.kinds = new Kind[names.size()];
        this.starts = new int[names.size()];
        this.ends = new int[names.size()];
        this.escaped = new boolean[names.size()];
        this.ascii = new boolean[names.size()];
    }

    /** @throws MalformedMessageException if the content is not one JSON object, or has a field twice */
    void find(ByteView content) throws MalformedMessageException {
        if (!findIfPlain(content)) {
            findInAny(content);
        }
    }

    /** Finds them if that is simple; false if it is not. */
    boolean findIfPlain(ByteView content) {
        clear(content);
        return PlainJson.scan(content, quotedNames, this);
    }

    void findInAny(ByteView content) throws MalformedMessageException {
        clear(content);
        AnyJson.scan(content, this);
    }

    private void clear(ByteView content) {
        bytes = content.array();
        Arrays.fill(kinds, Kind.ABSENT);
    }

    /** Null if nobody asks for the field. */
    Integer number(String name) {
        return numbers.get(name);
    }

    String name(int number) {
        return names.get(number);
    }

    boolean isAbsent(int number) {
        return kinds[number] == Kind.ABSENT;
    }

    boolean isNull(int number) {
        return kinds[number] == Kind.NULL;
    }

    boolean isString(int number) {
        return kinds[number] == Kind.STRING;
    }

    void putNull(int number) {
        kinds[number] = Kind.NULL;
    }

    /**
     * @param start the first byte behind the opening quote
     * @param end the closing quote
     * @param hasEscapes whether there may be a backslash in between
     * @param isAscii whether there is certainly nothing but ASCII in it, once it is unescaped
     */
    void putString(int number, int start, int end, boolean hasEscapes, boolean isAscii) {
        kinds[number] = Kind.STRING;
        starts[number] = start;
        ends[number] = end;
        escaped[number] = hasEscapes;
        ascii[number] = isAscii;
    }

    void putOther(int number, int start, int end) {
        kinds[number] = Kind.OTHER;
        starts[number] = start;
        ends[number] = end;
        escaped[number] = false;
        ascii[number] = false;
    }

    /**
     * A string's characters, or the JSON text of anything else, in UTF-8.
     *
     * @throws MalformedMessageException if it is not well-formed
     */
    byte[] text(int number) throws MalformedMessageException {
        byte[] text = escaped[number]
                ? JsonText.unescape(bytes, starts[number], ends[number])
                : Arrays.copyOfRange(bytes, starts[number], ends[number]);
        if (!ascii[number] && !Utf8.isWellFormed(text)) {
            throw new MalformedMessageException(
                    "the field '" + names.get(number) + "' is not UTF-8, or has half a surrogate pair in it");
        }
        return text;
    }
}
