package io.walpost.relay.capture;

import io.walpost.outbox.OutboxColumns;
import io.walpost.outbox.OutboxEvent;
import io.walpost.outbox.OutboxMessage;
import io.walpost.relay.pgoutput.ByteView;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Reads the content of an event's logical message; see {@link OutboxMessage}. */
final class OutboxMessageReader {

    private static final int UUID_LENGTH = 36;

    /** The fields of the contract, by the order in {@link OutboxMessage#FIELDS}, then those that become headers. */
    private final Map<String, Integer> numbers = new HashMap<>();

    private final String[] headerNames;
    private final String[] headerFields;

    OutboxMessageReader(List<HeaderColumn> headers) {
        OutboxMessage.FIELDS.forEach(name -> numbers.put(name, numbers.size()));
        headers.forEach(header -> numbers.putIfAbsent(header.column(), numbers.size()));
        headerNames = headers.stream().map(HeaderColumn::header).toArray(String[]::new);
        headerFields = headers.stream().map(HeaderColumn::column).toArray(String[]::new);
    }

    /** The event; a row with a defect if the content is not as the contract says. */
    OutboxRow read(ByteView content) {
        byte[] id = null;
        try {
            MessageFields fields = MessageFields.find(content, numbers);
            id = requireUuid(required(fields, OutboxColumns.ID));
            return new OutboxRow(
                    id,
                    requireName(required(fields, OutboxColumns.AGGREGATE_TYPE), OutboxColumns.AGGREGATE_TYPE),
                    requireName(required(fields, OutboxColumns.AGGREGATE_ID), OutboxColumns.AGGREGATE_ID),
                    requireName(required(fields, OutboxColumns.TYPE), OutboxColumns.TYPE),
                    MessageTime.inUtc(required(fields, OutboxColumns.TIMESTAMP)),
                    payload(fields),
                    PayloadKind.TEXT,
                    optional(fields, OutboxColumns.TRACING_SPAN_CONTEXT),
                    headers(fields),
                    null);
        } catch (MalformedMessageException e) {
            return OutboxRow.defective(id, content.copy(), e.getMessage());
        }
    }

    /** A tombstone deletes a key, so it has to be said: what is not there is an error. */
    private byte[] payload(MessageFields fields) throws MalformedMessageException {
        if (fields.isAbsent(numbers.get(OutboxColumns.PAYLOAD))) {
            throw missing(OutboxColumns.PAYLOAD);
        }
        return optional(fields, OutboxColumns.PAYLOAD);
    }

    private byte[] required(MessageFields fields, String name) throws MalformedMessageException {
        byte[] value = optional(fields, name);
        if (value == null) {
            throw missing(name);
        }
        return value;
    }

    private byte[] optional(MessageFields fields, String name) throws MalformedMessageException {
        int number = numbers.get(name);
        if (fields.isAbsent(number) || fields.isNull(number)) {
            return null;
        }
        if (!fields.isString(number)) {
            throw new MalformedMessageException("the field '" + name + "' is no string");
        }
        return wellFormed(fields.text(number), name);
    }

    private ColumnHeaders headers(MessageFields fields) throws MalformedMessageException {
        if (headerNames.length == 0) {
            return ColumnHeaders.NONE;
        }
        byte[][] values = new byte[headerNames.length][];
        for (int i = 0; i < values.length; i++) {
            int number = numbers.get(headerFields[i]);
            if (!fields.isAbsent(number) && !fields.isNull(number)) {
                values[i] = wellFormed(fields.text(number), headerFields[i]);
            }
        }
        return new ColumnHeaders(headerNames, values);
    }

    private static byte[] wellFormed(byte[] value, String name) throws MalformedMessageException {
        if (!Utf8.isWellFormed(value)) {
            throw new MalformedMessageException(
                    "the field '" + name + "' is not UTF-8, or has half a surrogate pair in it");
        }
        return value;
    }

    /** What a column of type uuid would see to; consumers rely on it. */
    private static byte[] requireUuid(byte[] id) throws MalformedMessageException {
        boolean valid = id.length == UUID_LENGTH;
        for (int i = 0; valid && i < UUID_LENGTH; i++) {
            valid = i == 8 || i == 13 || i == 18 || i == 23 ? id[i] == '-' : Character.digit(id[i], 16) >= 0;
        }
        if (!valid) {
            throw new MalformedMessageException("the field 'id' is not a UUID of 36 characters");
        }
        return id;
    }

    /** What a column of type varchar(255) would see to. */
    private static byte[] requireName(byte[] value, String name) throws MalformedMessageException {
        if (value.length > OutboxEvent.MAX_COLUMN_LENGTH && Utf8.length(value) > OutboxEvent.MAX_COLUMN_LENGTH) {
            throw new MalformedMessageException(
                    "the field '" + name + "' is longer than " + OutboxEvent.MAX_COLUMN_LENGTH + " characters");
        }
        for (byte b : value) {
            if (b < 0 || b > ' ') {
                return value;
            }
        }
        throw new MalformedMessageException("the field '" + name + "' is blank");
    }

    private static MalformedMessageException missing(String name) {
        return new MalformedMessageException("the field '" + name + "' is missing");
    }
}
