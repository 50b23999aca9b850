package io.walpost.relay.route;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.walpost.outbox.EventHeaders;
import io.walpost.outbox.EventTopics;
import io.walpost.outbox.Lsn;
import io.walpost.outbox.OutboxEvent;
import io.walpost.relay.capture.OutboxRecord;
import io.walpost.relay.capture.OutboxRow;
import io.walpost.relay.capture.PayloadKind;
import io.walpost.relay.capture.TransactionMark;
import io.walpost.relay.checkpoint.EventPosition;
import io.walpost.relay.failure.FailureKind;
import io.walpost.relay.failure.RelayException;
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
     * @throws RelayException of kind {@link FailureKind#EVENT_REFUSED} if the record has no id, no type, no aggregate id
     *     to order it by, or an aggregate type that cannot end a topic's name
     */
    public RoutedEvent route(OutboxRecord record) throws RelayException {
        OutboxRow row = record.row();
        String id = new String(require(row.id(), "id", record), US_ASCII);
        byte[] key = require(row.aggregateId(), "aggregateid", record);
        byte[] type = require(row.type(), "type", record);
        String topic = topic(require(row.aggregateType(), "aggregatetype", record), record);

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
        return new RoutedEvent(
                id,
                topic,
                key,
                row.payload(),
                headers,
                new EventPosition(record.transaction().commitLsn(), record.order()),
                record.last());
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

    private String topic(byte[] aggregateType, OutboxRecord record) throws RelayException {
        String name = new String(aggregateType, UTF_8);
        String topic = topics.get(name);
        if (topic == null) {
            try {
                topic = EventTopics.of(OutboxEvent.requireTopicSuffix(name));
            } catch (IllegalArgumentException e) {
                throw refused(record, e.getMessage());
            }
            if (topics.size() < MAX_REMEMBERED_TOPICS) {
                topics.put(name, topic);
            }
        }
        return topic;
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
