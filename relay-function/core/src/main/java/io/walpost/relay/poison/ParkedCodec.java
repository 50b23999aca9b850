package io.walpost.relay.poison;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.walpost.outbox.DeadLetterHeaders;
import io.walpost.outbox.EventHeaders;
import io.walpost.relay.checkpoint.EventPosition;
import io.walpost.relay.poison.ParkedRecord.Parked;
import io.walpost.relay.poison.ParkedRecord.ReleaseRequest;
import io.walpost.relay.poison.ParkedRecord.Released;
import io.walpost.relay.poison.ParkedRecord.RequestDone;
import io.walpost.relay.route.RecordHeaders;
import io.walpost.relay.route.RoutedEvent;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Parked keys as records of a compacted topic. A key's marker has the record key {@code topic NUL key}, a request
 * {@code NUL topic NUL key}, so that compaction keeps both: neither a topic's name nor a text of PostgreSQL has a NUL.
 * What there is to say is in headers, and a value of null takes it back.
 */
public final class ParkedCodec {

    private static final byte NUL = 0;
    /** Which writer a record is from, so that a session tells its own records from those of others. */
    private static final String WRITER = "walpost-parked-by";

    private static final String SINCE = "walpost-parked-since";
    private static final String READ_TO = "walpost-release-read-to";

    private final String parkedTopic;
    private final String writer = UUID.randomUUID().toString();

    /** Writes as a writer of its own. */
    public ParkedCodec(String parkedTopic) {
        this.parkedTopic = parkedTopic;
    }

    /** Which writer records are from that this one writes. */
    String writer() {
        return writer;
    }

    /**
     * @param at what counts as done once the record is acknowledged
     * @param atBoundary whether it stands between two database transactions
     */
    public RoutedEvent write(ParkedRecord record, EventPosition at, boolean atBoundary) {
        RecordHeaders headers = new RecordHeaders();
        add(headers, WRITER, writer);
        return switch (record) {
            case Parked(ParkedKey key, Parking parking) -> {
                add(headers, DeadLetterHeaders.KIND, parking.kind());
                add(headers, DeadLetterHeaders.REASON, parking.reason());
                add(headers, EventHeaders.LSN, parking.commitLsn());
                add(headers, SINCE, parking.since().toString());
                yield event(marker(key), parking.eventId(), headers, at, atBoundary);
            }
            case Released(ParkedKey key) -> event(marker(key), null, headers, at, atBoundary);
            case ReleaseRequest request -> {
                add(headers, READ_TO, offsets(request.readTo()));
                yield event(request(request.key()), request.lastEventId(), headers, at, atBoundary);
            }
            case RequestDone(ParkedKey key) -> event(request(key), null, headers, at, atBoundary);
        };
    }

    /**
     * Reads a record; empty for one that is none of these, which nothing but the relay and its command should write.
     *
     * @param value null for what takes back
     * @param headers the value of a header, or null
     */
    public static Optional<Entry> read(byte[] key, byte[] value, Function<String, byte[]> headers) {
        boolean isRequest = key.length > 0 && key[0] == NUL;
        int start = isRequest ? 1 : 0;
        int end = start;
        while (end < key.length && key[end] != NUL) {
            end++;
        }
        if (end == key.length) {
            return Optional.empty();
        }
        ParkedKey parked =
                ParkedKey.of(new String(key, start, end - start, UTF_8), Arrays.copyOfRange(key, end + 1, key.length));
        return content(isRequest, parked, value, headers).map(record -> new Entry(record, text(headers, WRITER)));
    }

    private static Optional<ParkedRecord> content(
            boolean isRequest, ParkedKey parked, byte[] value, Function<String, byte[]> headers) {
        if (value == null) {
            return Optional.of(isRequest ? new RequestDone(parked) : new Released(parked));
        }
        String eventId = new String(value, UTF_8);
        try {
            return Optional.of(
                    isRequest
                            ? new ReleaseRequest(parked, offsets(text(headers, READ_TO)), eventId)
                            : new Parked(
                                    parked,
                                    new Parking(
                                            eventId,
                                            text(headers, DeadLetterHeaders.KIND),
                                            text(headers, DeadLetterHeaders.REASON),
                                            text(headers, EventHeaders.LSN),
                                            Instant.parse(text(headers, SINCE)))));
        } catch (NumberFormatException | DateTimeParseException notWrittenByUs) {
            return Optional.empty();
        }
    }

    /** @param writer empty if the record does not say it */
    public record Entry(ParkedRecord record, String writer) {}

    private RoutedEvent event(byte[] key, String value, RecordHeaders headers, EventPosition at, boolean atBoundary) {
        byte[] bytes = value == null ? null : value.getBytes(UTF_8);
        return RoutedEvent.own("of a parked key", parkedTopic, key, bytes, headers, at, atBoundary);
    }

    /** As in {@code 0=12,1=0}. */
    private static String offsets(Map<Integer, Long> readTo) {
        return readTo.entrySet().stream().map(Object::toString).collect(Collectors.joining(","));
    }

    private static Map<Integer, Long> offsets(String text) {
        Map<Integer, Long> readTo = new HashMap<>();
        for (String entry : text.isEmpty() ? new String[0] : text.split(",")) {
            int equals = entry.indexOf('=');
            // Without one, the number is none either.
            readTo.put(
                    Integer.valueOf(entry.substring(0, Math.max(equals, 0))),
                    Long.valueOf(entry.substring(equals + 1)));
        }
        return readTo;
    }

    private static byte[] marker(ParkedKey key) {
        return join("", key);
    }

    private static byte[] request(ParkedKey key) {
        return join("\0", key);
    }

    private static byte[] join(String before, ParkedKey parked) {
        byte[] head = (before + parked.topic() + "\0").getBytes(UTF_8);
        byte[] tail = parked.keyBytes();
        byte[] joined = Arrays.copyOf(head, head.length + tail.length);
        System.arraycopy(tail, 0, joined, head.length, tail.length);
        return joined;
    }

    private static void add(RecordHeaders headers, String name, String text) {
        headers.add(name, text.getBytes(UTF_8));
    }

    private static String text(Function<String, byte[]> headers, String name) {
        byte[] value = headers.apply(name);
        return value == null ? "" : new String(value, UTF_8);
    }
}
