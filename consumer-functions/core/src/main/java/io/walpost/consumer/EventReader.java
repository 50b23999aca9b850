package io.walpost.consumer;

import io.walpost.outbox.EventHeaders;
import io.walpost.outbox.EventTopics;
import io.walpost.outbox.Lsn;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/**
 * Reads an event of the wire contract out of a record.
 *
 * <p>Required are the key and the header {@code id} (or {@code ce_id}, where a broker passes on CloudEvents alone),
 * which is what Debezium's EventRouter writes too. Everything else may be absent, but what is present must be well
 * formed: a position that is guessed at would be worse than none. Only the trace context is taken as it comes.
 */
final class EventReader {

    /** A column that the relay can be told to make a header of. The other is what KafkaSource passes on. */
    private static final String AGGREGATE_TYPE = "aggregate-type";

    private static final String CE_AGGREGATE_TYPE = "ce_aggregatetype";

    private static final String CE_VERSION = "1.0";

    private EventReader() {}

    /** @throws MalformedRecordException naming the record and the part that is missing or malformed */
    static ReceivedEvent read(IncomingRecord record) throws MalformedRecordException {
        HeaderReader headers = new HeaderReader(record.coordinates(), record.headers());
        requireCloudEvent(headers);
        return new ReceivedEvent(
                record.coordinates(),
                id(headers),
                aggregateType(headers, record.coordinates().topic()),
                headers.key(record.key()),
                headers.firstOf(EventHeaders.TYPE, EventHeaders.CE_TYPE, Function.identity()),
                headers.optional(EventHeaders.CE_TIME, EventReader::parseTime),
                position(headers),
                headers.optional(EventHeaders.COMMITTED_AT, EventReader::parseTime),
                record.value(),
                traceContext(headers));
    }

    /** What calls itself a CloudEvent and is none was not written by the relay, whatever else it says. */
    private static void requireCloudEvent(HeaderReader headers) throws MalformedRecordException {
        headers.optional(EventHeaders.CE_SPECVERSION, EventReader::parseVersion);
        headers.optional(EventHeaders.CE_SOURCE, Function.identity());
    }

    private static UUID id(HeaderReader headers) throws MalformedRecordException {
        Optional<UUID> id = headers.firstOf(EventHeaders.ID, EventHeaders.CE_ID, EventReader::parseId);
        if (id.isEmpty()) {
            throw headers.missing(EventHeaders.ID);
        }
        return id.get();
    }

    static Optional<UUID> idIfAny(HeaderReader headers) {
        try {
            return Optional.of(id(headers));
        } catch (MalformedRecordException e) {
            return Optional.empty();
        }
    }

    static Optional<String> typeIfAny(HeaderReader headers) {
        return headers.ifText(EventHeaders.TYPE).or(() -> headers.ifText(EventHeaders.CE_TYPE));
    }

    private static String aggregateType(HeaderReader headers, String topic) throws MalformedRecordException {
        return headers.firstOf(AGGREGATE_TYPE, CE_AGGREGATE_TYPE, Function.identity())
                .orElseGet(() -> aggregateType(topic));
    }

    static String aggregateTypeIfAny(HeaderReader headers, String topic) {
        return headers.ifText(AGGREGATE_TYPE)
                .or(() -> headers.ifText(CE_AGGREGATE_TYPE))
                .orElseGet(() -> aggregateType(topic));
    }

    /** A topic that was named by another rule stands for its aggregate type as a whole. */
    private static String aggregateType(String topic) {
        return topic.startsWith(EventTopics.DEFAULT_PREFIX)
                ? topic.substring(EventTopics.DEFAULT_PREFIX.length())
                : topic;
    }

    private static Optional<EventPosition> position(HeaderReader headers) throws MalformedRecordException {
        Optional<Lsn> lsn = headers.optional(EventHeaders.LSN, Lsn::parse);
        if (lsn.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new EventPosition(
                lsn.get(),
                headers.required(EventHeaders.TX, EventReader::parsePositive),
                headers.required(EventHeaders.TX_ORDER, EventReader::parsePositive),
                headers.optional(EventHeaders.TX_LAST, EventReader::parseFlag).orElse(false)));
    }

    /** A trace that is broken is no reason to refuse an event. */
    private static Optional<TraceContext> traceContext(HeaderReader headers) {
        return headers.ifText(EventHeaders.TRACEPARENT)
                .map(traceparent -> new TraceContext(traceparent, headers.ifText(EventHeaders.TRACESTATE)));
    }

    private static String parseVersion(String text) {
        if (!text.equals(CE_VERSION)) {
            throw new IllegalArgumentException("another version");
        }
        return text;
    }

    /** Stricter than {@link UUID#fromString}, which fills up short groups. */
    private static UUID parseId(String text) {
        UUID id = UUID.fromString(text);
        if (!id.toString().equalsIgnoreCase(text)) {
            throw new IllegalArgumentException("not a UUID of 36 characters");
        }
        return id;
    }

    private static Instant parseTime(String text) {
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private static long parsePositive(String text) {
        long number = Long.parseLong(text);
        if (number <= 0) {
            throw new IllegalArgumentException("not positive");
        }
        return number;
    }

    private static boolean parseFlag(String text) {
        return switch (text) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new IllegalArgumentException("neither true nor false");
        };
    }
}
