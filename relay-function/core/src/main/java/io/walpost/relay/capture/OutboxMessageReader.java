package io.walpost.relay.capture;

import io.walpost.outbox.OutboxColumns;
import io.walpost.outbox.OutboxEvent;
import io.walpost.outbox.OutboxMessage;
import io.walpost.relay.pgoutput.ByteView;
import java.util.List;
import java.util.stream.Stream;

/** Reads the content of an event's logical message; see {@link OutboxMessage}. Owned by one thread. */
final class OutboxMessageReader {

    private static final int UUID_LENGTH = 36;

    private static final int ID = OutboxMessage.FIELDS.indexOf(OutboxColumns.ID);
    private static final int AGGREGATE_TYPE = OutboxMessage.FIELDS.indexOf(OutboxColumns.AGGREGATE_TYPE);
    private static final int AGGREGATE_ID = OutboxMessage.FIELDS.indexOf(OutboxColumns.AGGREGATE_ID);
    private static final int TYPE = OutboxMessage.FIELDS.indexOf(OutboxColumns.TYPE);
    private static final int TIMESTAMP = OutboxMessage.FIELDS.indexOf(OutboxColumns.TIMESTAMP);
    private static final int TRACING_SPAN_CONTEXT = OutboxMessage.FIELDS.indexOf(OutboxColumns.TRACING_SPAN_CONTEXT);
    private static final int PAYLOAD = OutboxMessage.FIELDS.indexOf(OutboxColumns.PAYLOAD);

    /** The fields of the contract in its order, then those that become headers. */
    private final MessageFields fields;

    private final String[] headerNames;
    private final int[] headers;

    OutboxMessageReader(List<HeaderColumn> headers) {
        fields = new MessageFields(
                Stream.concat(OutboxMessage.FIELDS.stream(), headers.stream().map(HeaderColumn::column))
                        .distinct()
                        .toList());
        headerNames = headers.stream().map(HeaderColumn::header).toArray(String[]::new);
        this.headers = headers.stream()
                .mapToInt(header -> fields.number(header.column()))
                .toArray();
    }

    /** The event; a row with a defect if the content is not as the contract says. */
    OutboxRow read(ByteView content) {
        byte[] id = null;
        try {
            fields.find(content);
            id = requireUuid(required(ID));
            return new OutboxRow(
                    id,
                    requireName(AGGREGATE_TYPE),
                    requireName(AGGREGATE_ID),
                    requireName(TYPE),
                    MessageTime.inUtc(required(TIMESTAMP)),
                    payload(),
                    PayloadKind.TEXT,
                    optional(TRACING_SPAN_CONTEXT),
                    headers(),
                    null);
        } catch (MalformedMessageException e) {
            return OutboxRow.defective(id, content.copy(), e.getMessage());
        }
    }

    /** A tombstone deletes a key, so it has to be said: what is not there is an error. */
    private byte[] payload() throws MalformedMessageException {
        return fields.isNull(PAYLOAD) ? null : required(PAYLOAD);
    }

    private byte[] required(int number) throws MalformedMessageException {
        byte[] value = optional(number);
        if (value == null) {
            throw malformed(number, "is missing");
        }
        return value;
    }

    private byte[] optional(int number) throws MalformedMessageException {
        if (fields.isAbsent(number) || fields.isNull(number)) {
            return null;
        }
        if (!fields.isString(number)) {
            throw malformed(number, "is no string");
        }
        return fields.text(number);
    }

    private ColumnHeaders headers() throws MalformedMessageException {
        if (headers.length == 0) {
            return ColumnHeaders.NONE;
        }
        byte[][] values = new byte[headers.length][];
        for (int i = 0; i < headers.length; i++) {
            if (!fields.isAbsent(headers[i]) && !fields.isNull(headers[i])) {
                values[i] = fields.text(headers[i]);
            }
        }
        return new ColumnHeaders(headerNames, values);
    }

    /** What a column of type uuid would see to; consumers rely on it. */
    private byte[] requireUuid(byte[] id) throws MalformedMessageException {
        boolean valid = id.length == UUID_LENGTH;
        for (int i = 0; valid && i < UUID_LENGTH; i++) {
            valid = i == 8 || i == 13 || i == 18 || i == 23 ? id[i] == '-' : Character.digit(id[i], 16) >= 0;
        }
        if (!valid) {
            throw malformed(ID, "is not a UUID of 36 characters");
        }
        return id;
    }

    /** What a column of type varchar(255) would see to. */
    private byte[] requireName(int number) throws MalformedMessageException {
        byte[] value = required(number);
        if (value.length > OutboxEvent.MAX_COLUMN_LENGTH && Utf8.length(value) > OutboxEvent.MAX_COLUMN_LENGTH) {
            throw malformed(number, "is longer than " + OutboxEvent.MAX_COLUMN_LENGTH + " characters");
        }
        for (byte b : value) {
            if (b < 0 || b > ' ') {
                return value;
            }
        }
        throw malformed(number, "is blank");
    }

    private MalformedMessageException malformed(int number, String what) {
        return new MalformedMessageException("the field '" + fields.name(number) + "' " + what);
    }
}
