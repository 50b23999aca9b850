package io.walpost.relay.route;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.walpost.outbox.EventHeaders;
import io.walpost.outbox.EventTopics;
import io.walpost.outbox.Lsn;
import io.walpost.outbox.OutboxColumns;
import io.walpost.outbox.OutboxEvent;
import io.walpost.relay.capture.OutboxRecord;
import io.walpost.relay.capture.OutboxRow;
import io.walpost.relay.capture.PayloadKind;
import io.walpost.relay.capture.TransactionMark;
import io.walpost.relay.checkpoint.EventPosition;
import io.walpost.relay.failure.PoisonException;
import io.walpost.relay.failure.PoisonException.Poison;
import io.walpost.relay.failure.PoisonKind;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/** Routes records. Owned by one thread, because it remembers what the records of one transaction share. */
public final class EventRouter {

    private static final byte[] SPECVERSION = "1.0".getBytes(US_ASCII);
    private static final byte[] JSON = "application/json".getBytes(US_ASCII);
    private static final byte[] OCTETS = "application/octet-stream".getBytes(US_ASCII);
    private static final byte[] TRUE = "true".getBytes(US_ASCII);

    /** Beyond this many aggregate types something is wrong with the data, and remembering would be a leak. */
    private static final int MAX_REMEMBERED_TOPICS = 10_000;

    private final byte[] source;
    private final Map<String, String> topics = new HashMap<>();
    private TransactionHeaders transaction = new TransactionHeaders(new TransactionMark(0, 0, Instant.EPOCH));

    /** @param source the header {@code ce_source}, a URI reference that is not empty */
    public EventRouter(String source) {
        this.source = source.getBytes(UTF_8);
    }

    /**
     * @throws PoisonException if the record has no id, no type, no aggregate id to order it by, or an aggregate type that
     *     cannot end a topic's name
     */
    public RoutedEvent route(OutboxRecord record) throws PoisonException {
        OutboxRow row = record.row();
        String topic = topic(require(row.aggregateType(), "aggregatetype", record), record);
        byte[] key = require(row.aggregateId(), "aggregateid", record);
        String id = new String(require(row.id(), "id", record), US_ASCII);
        byte[] type = require(row.type(), "type", record);

        RecordHeaders headers = new RecordHeaders();
        headers.add(EventHeaders.ID, row.id());
        headers.add(EventHeaders.TYPE, type);
        headers.add(EventHeaders.CE_SPECVERSION, SPECVERSION);
        headers.add(EventHeaders.CE_ID, row.id());
        headers.add(EventHeaders.CE_SOURCE, source);
        headers.add(EventHeaders.CE_TYPE, type);
        headers.add(EventHeaders.CE_SUBJECT, key);
        headers.add(EventHeaders.CE_TIME, time(record));
        if (row.payload() != null) {
            headers.add(EventHeaders.CONTENT_TYPE, row.payloadKind() == PayloadKind.BINARY ? OCTETS : JSON);
        }
        addPosition(headers, record);
        if (row.tracingSpanContext() != null) {
            TraceContext.addTo(headers, row.tracingSpanContext());
        }
        return new RoutedEvent(id, topic, key, row.payload(), headers, position(record), record.last());
    }

    /**
     * What can be said of a record that {@link #route} refused: all that it has, as it is.
     *
     * @param topic where it would have gone, or its aggregate type if no topic can have that name
     */
    public RoutedEvent unrouted(OutboxRecord record, String topic) {
        OutboxRow row = record.row();
        RecordHeaders headers = new RecordHeaders();
        addIfPresent(headers, EventHeaders.ID, row.id());
        addIfPresent(headers, EventHeaders.TYPE, row.type());
        addIfPresent(headers, EventHeaders.CE_TIME, time(record));
        addIfPresent(headers, OutboxColumns.AGGREGATE_TYPE, row.aggregateType());
        addIfPresent(headers, OutboxColumns.TRACING_SPAN_CONTEXT, row.tracingSpanContext());
        addPosition(headers, record);
        return new RoutedEvent(
                idOf(record),
                topic,
                row.aggregateId() == null ? new byte[0] : row.aggregateId(),
                row.payload(),
                headers,
                position(record),
                record.last());
    }

    /** What names an event: its id; its place in the log if it has none. */
    public static String idOf(String id, String commitLsn, String order) {
        return id.isEmpty() ? commitLsn + "#" + order : id;
    }

    private static String idOf(OutboxRecord record) {
        return idOf(
                text(record.row().id()),
                new Lsn(record.transaction().commitLsn()).toString(),
                Integer.toString(record.order()));
    }

    private static void addIfPresent(RecordHeaders headers, String name, byte[] value) {
        if (value != null) {
            headers.add(name, value);
        }
    }

    private static EventPosition position(OutboxRecord record) {
        return new EventPosition(record.transaction().commitLsn(), record.order());
    }

    private static String text(byte[] value) {
        return value == null ? "" : new String(value, UTF_8);
    }

    private void addPosition(RecordHeaders headers, OutboxRecord record) {
        TransactionHeaders shared = shared(record.transaction());
        headers.add(EventHeaders.LSN, shared.lsn);
        headers.add(EventHeaders.TX, shared.xid);
        headers.add(EventHeaders.TX_ORDER, Integer.toString(record.order()));
        if (record.last()) {
            headers.add(EventHeaders.TX_LAST, TRUE);
        }
        headers.add(EventHeaders.COMMITTED_AT, shared.committedAt);
    }

    /** When it happened; when it was committed if the row does not say, or says what RFC 3339 cannot express. */
    private byte[] time(OutboxRecord record) {
        byte[] timestamp = record.row().timestamp();
        byte[] time = timestamp == null ? null : PostgresTimestamp.toRfc3339(timestamp);
        return time == null ? shared(record.transaction()).committedAt : time;
    }

    private TransactionHeaders shared(TransactionMark mark) {
        if (transaction.mark != mark) {
            transaction = new TransactionHeaders(mark);
        }
        return transaction;
    }

    private String topic(byte[] aggregateType, OutboxRecord record) throws PoisonException {
        String name = new String(aggregateType, UTF_8);
        String topic = topics.get(name);
        if (topic == null) {
            try {
                topic = EventTopics.of(OutboxEvent.requireTopicSuffix(name));
            } catch (IllegalArgumentException e) {
                throw refused(PoisonKind.UNROUTABLE, record, name, e.getMessage());
            }
            if (topics.size() < MAX_REMEMBERED_TOPICS) {
                topics.put(name, topic);
            }
        }
        return topic;
    }

    private byte[] require(byte[] value, String column, OutboxRecord record) throws PoisonException {
        if (value == null || value.length == 0) {
            byte[] key = record.row().aggregateId();
            // Whatever else is missing: without a key nothing can be held behind the event.
            PoisonKind kind = key == null || key.length == 0 ? PoisonKind.NO_KEY : PoisonKind.UNROUTABLE;
            String type = text(record.row().aggregateType());
            throw refused(kind, record, topics.getOrDefault(type, type), "the column '" + column + "' is empty");
        }
        return value;
    }

    private static PoisonException refused(PoisonKind kind, OutboxRecord record, String topic, String why) {
        byte[] id = record.row().id();
        return new PoisonException(
                new Poison(kind, idOf(record), topic, position(record), why),
                "Event " + (id == null ? "without id" : new String(id, US_ASCII)) + " (" + where(record)
                        + ") cannot be routed: " + why,
                null);
    }

    private static String where(OutboxRecord record) {
        return record.order() == TableRowRouter.NO_ORDER
                ? "read from its table"
                : "commit " + new Lsn(record.transaction().commitLsn()) + ", number " + record.order()
                        + " of its transaction";
    }

    /** What the records of one transaction have in common, written once. */
    private static final class TransactionHeaders {
        final TransactionMark mark;
        final byte[] lsn;
        final byte[] xid;
        final byte[] committedAt;

        TransactionHeaders(TransactionMark mark) {
            this.mark = mark;
            this.lsn = new Lsn(mark.commitLsn()).toString().getBytes(US_ASCII);
            this.xid = Long.toString(mark.xid()).getBytes(US_ASCII);
            this.committedAt = mark.committedAt().toString().getBytes(US_ASCII);
        }
    }
}
