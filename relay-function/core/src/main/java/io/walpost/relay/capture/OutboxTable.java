package io.walpost.relay.capture;

import io.walpost.outbox.OutboxColumns;
import io.walpost.relay.failure.FailureKind;
import io.walpost.relay.failure.RelayException;
import io.walpost.relay.pgoutput.PgOutputMessage.Relation;
import io.walpost.relay.pgoutput.TupleData;
import java.util.List;

/** Where the columns of the wire contract, and those that become headers, are in one version of an outbox table. */
final class OutboxTable {

    private static final int ABSENT = -1;

    private final Relation relation;
    private final int id;
    private final int aggregateType;
    private final int aggregateId;
    private final int type;
    private final int timestamp;
    private final int payload;
    private final int tracingSpanContext;
    private final PayloadKind payloadKind;
    private final String[] headerNames;
    private final int[] headers;

    OutboxTable(Relation relation, List<HeaderColumn> headers) throws RelayException {
        this.relation = relation;
        this.id = require(OutboxColumns.ID);
        this.aggregateType = require(OutboxColumns.AGGREGATE_TYPE);
        this.aggregateId = require(OutboxColumns.AGGREGATE_ID);
        this.type = require(OutboxColumns.TYPE);
        this.payload = require(OutboxColumns.PAYLOAD);
        this.timestamp = find(OutboxColumns.TIMESTAMP);
        this.tracingSpanContext = find(OutboxColumns.TRACING_SPAN_CONTEXT);
        this.payloadKind = TypeOid.payloadKind(relation.columns().get(payload).typeOid());
        this.headerNames = headers.stream().map(HeaderColumn::header).toArray(String[]::new);
        this.headers =
                headers.stream().mapToInt(header -> find(header.column())).toArray();
    }

    private int require(String column) throws RelayException {
        int index = find(column);
        if (index == ABSENT) {
            throw new RelayException(
                    FailureKind.PRECONDITION,
                    "The outbox table " + name() + " has no column '" + column
                            + "', or the publication's column list leaves it out");
        }
        return index;
    }

    private int find(String column) {
        List<Relation.Column> columns = relation.columns();
        for (int i = 0; i < columns.size(); i++) {
            if (columns.get(i).name().equals(column)) {
                return i;
            }
        }
        return ABSENT;
    }

    OutboxRow row(TupleData tuple) throws RelayException {
        int columns = relation.columns().size();
        if (tuple.size() != columns) {
            throw new RelayException(
                    FailureKind.PROTOCOL,
                    "A row of " + name() + " has " + tuple.size() + " columns where its relation has " + columns);
        }
        return new OutboxRow(
                value(tuple, id),
                value(tuple, aggregateType),
                value(tuple, aggregateId),
                value(tuple, type),
                value(tuple, timestamp),
                payload(tuple),
                payloadKind,
                value(tuple, tracingSpanContext),
                headers(tuple),
                null);
    }

    private byte[] value(TupleData tuple, int column) throws RelayException {
        if (column == ABSENT) {
            return null;
        }
        requireSent(tuple, column);
        return tuple.bytes(column);
    }

    private byte[] payload(TupleData tuple) throws RelayException {
        requireSent(tuple, payload);
        return payloadKind == PayloadKind.BINARY && !tuple.isNull(payload)
                ? HexBytes.parse(tuple.view(payload))
                : tuple.bytes(payload);
    }

    private ColumnHeaders headers(TupleData tuple) throws RelayException {
        if (headers.length == 0) {
            return ColumnHeaders.NONE;
        }
        byte[][] values = new byte[headers.length][];
        for (int i = 0; i < headers.length; i++) {
            values[i] = value(tuple, headers[i]);
        }
        return new ColumnHeaders(headerNames, values);
    }

    /** Only an update leaves out what it did not touch. To take it for NULL would make a tombstone of a payload. */
    private void requireSent(TupleData tuple, int column) throws RelayException {
        if (tuple.isUnchanged(column)) {
            throw new RelayException(
                    FailureKind.PROTOCOL,
                    "The server left out the column '"
                            + relation.columns().get(column).name() + "' of a new row of " + name());
        }
    }

    private String name() {
        return relation.namespace() + "." + relation.name();
    }
}
