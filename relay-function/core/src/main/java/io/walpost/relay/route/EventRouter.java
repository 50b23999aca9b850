package io.walpost.relay.route;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.walpost.outbox.EventHeaders;
import io.walpost.outbox.Lsn;
import io.walpost.outbox.OutboxColumns;
import io.walpost.relay.capture.OutboxRecord;
import io.walpost.relay.capture.OutboxRow;
import io.walpost.relay.capture.PayloadKind;
import io.walpost.relay.capture.TransactionMark;
import io.walpost.relay.checkpoint.EventPosition;
import io.walpost.relay.failure.PoisonException;
import io.walpost.relay.failure.PoisonException.Poison;
import io.walpost.relay.failure.PoisonKind;
import java.time.Instant;

/** Routes records. Owned by one thread, because it remembers what the records of one transaction share. */
public final class EventRouter {

    private static final byte[] SPECVERSION = "1.0".getBytes(US_ASCII);
    private static final byte[] JSON = "application/json".getBytes(US_ASCII);
    private static final byte[] OCTETS = "application/octet-stream".getBytes(US_ASCII);
    private static final byte[] TRUE = "true".getBytes(US_ASCII);

    private final byte[] source;
    private final HeaderProfile profile;
    private final RecordTimestamp timestamp;
    private final byte[] textType;
    private final byte[] binaryType;
    private final TopicCache topics;
    private TransactionHeaders transaction = new TransactionHeaders(new TransactionMark(0, 0, Instant.EPOCH));

    public EventRouter(RoutingSettings settings) {
        this.source = settings.source().getBytes(UTF_8);
        this.profile = settings.profile();
        this.timestamp = settings.timestamp();
        byte[] configured =
                settings.contentType().map(type -> type.getBytes(US_ASCII)).orElse(null);
        this.textType = configured == null ? JSON : configured;
        this.binaryType = configured == null ? OCTETS : configured;
        this.topics = new TopicCache(settings.topics());
    }

    /**
     * @throws PoisonException if the record has a defect, has no id, no type or no aggregate id to order it by, or if no
     *     topic can be made of its aggregate type
     */
    public RoutedEvent route(OutboxRecord record) throws PoisonException {
        OutboxRow row = record.row();
        if (row.defect() != null) {
            throw refused(kindFor(row), record, intendedTopic(row), row.defect());
        }
        String topic = topic(require(row.aggregateType(), "aggregatetype", record), record);
        byte[] key = require(row.aggregateId(), "aggregateid", record);
        String id = new String(require(row.id(), "id", record), US_ASCII);
        byte[] type = require(row.type(), "type", record);

        byte[] time = row.timestamp() == null ? null : EventTime.toRfc3339(row.timestamp());
        RecordHeaders headers = new RecordHeaders();
        if (profile.hasPlain()) {
            headers.add(EventHeaders.ID, row.id());
            headers.add(EventHeaders.TYPE, type);
        }
        if (profile.hasCloudEvents()) {
            headers.add(EventHeaders.CE_SPECVERSION, SPECVERSION);
            headers.add(EventHeaders.CE_ID, row.id());
            headers.add(EventHeaders.CE_SOURCE, source);
            headers.add(EventHeaders.CE_TYPE, type);
            headers.add(EventHeaders.CE_SUBJECT, key);
            headers.add(EventHeaders.CE_TIME, time == null ? shared(record.transaction()).committedAt : time);
        }
        if (row.payload() != null) {
            headers.add(EventHeaders.CONTENT_TYPE, contentType(row.payloadKind()));
        }
        addPosition(headers, record);
        if (row.tracingSpanContext() != null) {
            TraceContext.addTo(headers, row.tracingSpanContext());
        }
        row.headers().forEach(headers::add);
        return new RoutedEvent(
                id,
                topic,
                key,
                row.payload(),
                headers,
                position(record),
                record.last(),
                timestamp == RecordTimestamp.EVENT ? millis(time, record.transaction()) : RoutedEvent.NO_TIMESTAMP,
                true);
    }

    private byte[] contentType(PayloadKind kind) {
        return switch (kind) {
            case TEXT -> textType;
            case JSON -> JSON;
            case BINARY -> binaryType;
        };
    }

    /** When it happened; when it was committed if the row does not say, or says what Kafka cannot express. */
    private static long millis(byte[] time, TransactionMark transaction) {
        long happened = time == null ? -1 : EventTime.epochMillis(time);
        return happened >= 0 ? happened : Math.max(0, transaction.committedAt().toEpochMilli());
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
        addIfPresent(
                headers, EventHeaders.CE_TIME, row.timestamp() == null ? null : EventTime.toRfc3339(row.timestamp()));
        addIfPresent(headers, OutboxColumns.AGGREGATE_TYPE, row.aggregateType());
        addIfPresent(headers, OutboxColumns.TRACING_SPAN_CONTEXT, row.tracingSpanContext());
        addPosition(headers, record);
        row.headers().forEach(headers::add);
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

    private TransactionHeaders shared(TransactionMark mark) {
        if (transaction.mark != mark) {
            transaction = new TransactionHeaders(mark);
        }
        return transaction;
    }

    private String topic(byte[] aggregateType, OutboxRecord record) throws PoisonException {
        try {
            return topics.topic(aggregateType);
        } catch (IllegalArgumentException e) {
            throw refused(PoisonKind.UNROUTABLE, record, text(aggregateType), e.getMessage());
        }
    }

    /** The aggregate type where no topic can be made of it. */
    private String intendedTopic(OutboxRow row) {
        try {
            return row.aggregateType() == null ? "" : topics.topic(row.aggregateType());
        } catch (IllegalArgumentException noTopic) {
            return text(row.aggregateType());
        }
    }

    private byte[] require(byte[] value, String column, OutboxRecord record) throws PoisonException {
        if (value == null || value.length == 0) {
            OutboxRow row = record.row();
            throw refused(kindFor(row), record, intendedTopic(row), "the column '" + column + "' is empty");
        }
        return value;
    }

    /** Whatever else is wrong: without a key nothing can be held behind the event. */
    private static PoisonKind kindFor(OutboxRow row) {
        byte[] key = row.aggregateId();
        return key == null || key.length == 0 ? PoisonKind.NO_KEY : PoisonKind.UNROUTABLE;
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
            this.committedAt = EventTime.toRfc3339(mark.committedAt());
        }
    }
}
