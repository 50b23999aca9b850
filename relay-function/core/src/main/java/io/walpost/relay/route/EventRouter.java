package io.walpost.relay.route;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.walpost.outbox.EventHeaders;
import io.walpost.outbox.Lsn;
import io.walpost.relay.capture.OutboxRecord;
import io.walpost.relay.capture.OutboxRow;
import io.walpost.relay.capture.PayloadKind;
import io.walpost.relay.capture.TransactionMark;
import io.walpost.relay.checkpoint.EventPosition;
import io.walpost.relay.failure.FailureKind;
import io.walpost.relay.failure.RelayException;
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
     * @throws RelayException of kind {@link FailureKind#EVENT_REFUSED} if the record has a defect, has no id, no type or
     *     no aggregate id to order it by, or if no topic can be made of its aggregate type
     */
    public RoutedEvent route(OutboxRecord record) throws RelayException {
        OutboxRow row = record.row();
        if (row.defect() != null) {
            throw refused(record, row.defect());
        }
        String id = new String(require(row.id(), "id", record), US_ASCII);
        byte[] key = require(row.aggregateId(), "aggregateid", record);
        byte[] type = require(row.type(), "type", record);
        String topic = topic(require(row.aggregateType(), "aggregatetype", record), record);

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
                new EventPosition(record.transaction().commitLsn(), record.order()),
                record.last(),
                timestamp == RecordTimestamp.EVENT ? millis(time, record.transaction()) : RoutedEvent.NO_TIMESTAMP);
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

    private String topic(byte[] aggregateType, OutboxRecord record) throws RelayException {
        try {
            return topics.topic(aggregateType);
        } catch (IllegalArgumentException e) {
            throw refused(record, e.getMessage());
        }
    }

    private static byte[] require(byte[] value, String column, OutboxRecord record) throws RelayException {
        if (value == null || value.length == 0) {
            throw refused(record, "the column '" + column + "' is empty");
        }
        return value;
    }

    private static RelayException refused(OutboxRecord record, String why) {
        byte[] id = record.row().id();
        return new RelayException(
                FailureKind.EVENT_REFUSED,
                "Event " + (id == null ? "without id" : new String(id, US_ASCII)) + " (commit "
                        + new Lsn(record.transaction().commitLsn()) + ", number " + record.order()
                        + " of its transaction) cannot be routed: " + why);
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
