package io.walpost.relay.capture;

import io.walpost.outbox.OutboxColumns;
import io.walpost.relay.failure.FailureKind;
import io.walpost.relay.failure.RelayException;
import io.walpost.relay.pgoutput.PgOutputMessage.Relation;
import io.walpost.relay.pgoutput.TupleData;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;

/** Where the columns of the wire contract are in one version of an outbox table. */
final class OutboxTable {

    private static final int BYTEA_OID = 17;
    private static final int ABSENT = -1;
    private static final int HEX_PREFIX_LENGTH = 2;

    private final int columns;
    private final int id;
    private final int aggregateType;
    private final int aggregateId;
    private final int type;
    private final int timestamp;
    private final int payload;
    private final int tracingSpanContext;
    private final PayloadKind payloadKind;

    OutboxTable(Relation relation) throws RelayException {
        this.columns = relation.columns().size();
        this.id = require(relation, OutboxColumns.ID);
        this.aggregateType = require(relation, OutboxColumns.AGGREGATE_TYPE);
        this.aggregateId = require(relation, OutboxColumns.AGGREGATE_ID);
        this.type = require(relation, OutboxColumns.TYPE);
        this.payload = require(relation, OutboxColumns.PAYLOAD);
        this.timestamp = find(relation, OutboxColumns.TIMESTAMP);
        this.tracingSpanContext = find(relation, OutboxColumns.TRACING_SPAN_CONTEXT);
        this.payloadKind =
                relation.columns().get(payload).typeOid() == BYTEA_OID ? PayloadKind.BINARY : PayloadKind.TEXT;
    }

    private static int require(Relation relation, String column) throws RelayException {
        int index = find(relation, column);
        if (index == ABSENT) {
            throw new RelayException(
                    FailureKind.PRECONDITION,
                    "The outbox table " + relation.namespace() + "." + relation.name() + " has no column '" + column
                            + "', or the publication's column list leaves it out");
        }
        return index;
    }

    private static int find(Relation relation, String column) {
        List<Relation.Column> columns = relation.columns();
        for (int i = 0; i < columns.size(); i++) {
            if (columns.get(i).name().equals(column)) {
                return i;
            }
        }
        return ABSENT;
    }

    OutboxRow row(TupleData tuple) throws RelayException {
        if (tuple.size() != columns) {
            throw new RelayException(
                    FailureKind.PROTOCOL, "A row has " + tuple.size() + " columns where its relation has " + columns);
        }
        return new OutboxRow(
                tuple.bytes(id),
                tuple.bytes(aggregateType),
                tuple.bytes(aggregateId),
                tuple.bytes(type),
                optional(tuple, timestamp),
                payload(tuple),
                payloadKind,
                optional(tuple, tracingSpanContext));
    }

    private static byte[] optional(TupleData tuple, int column) {
        return column == ABSENT ? null : tuple.bytes(column);
    }

    private byte[] payload(TupleData tuple) throws RelayException {
        byte[] text = tuple.bytes(payload);
        if (text == null || payloadKind == PayloadKind.TEXT) {
            return text;
        }
        // The session asks for bytea_output = 'hex': "\x" and two digits a byte.
        if (text.length < HEX_PREFIX_LENGTH || text[0] != '\\' || text[1] != 'x') {
            throw new RelayException(
                    FailureKind.PROTOCOL, "The server sent a bytea payload in another form than the hex asked for");
        }
        return HexFormat.of()
                .parseHex(new String(
                        text, HEX_PREFIX_LENGTH, text.length - HEX_PREFIX_LENGTH, StandardCharsets.US_ASCII));
    }
}
