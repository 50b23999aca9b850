package io.walpost.relay.capture;

/**
 * The values of one outbox row, or of the message that stands for one, as UTF-8 text; null for SQL NULL. The arrays
 * belong to the row and are not copied.
 *
 * @param timestamp in UTC, either as the session writes it ({@code 2026-11-20 03:56:40.5+00}) or as RFC 3339 does
 *     ({@code 2026-11-20T03:56:40.5Z})
 * @param payload the record's value, byte for byte; with a defect, what was to be read
 * @param payloadKind what the payload is
 * @param headers the further columns that become headers
 * @param defect why no event can be made of it, in words that quote nothing of it; null if one can
 */
public record OutboxRow(
        byte[] id,
        byte[] aggregateType,
        byte[] aggregateId,
        byte[] type,
        byte[] timestamp,
        byte[] payload,
        PayloadKind payloadKind,
        byte[] tracingSpanContext,
        ColumnHeaders headers,
        String defect) {

    /** A row without further columns. */
    public OutboxRow(
            byte[] id,
            byte[] aggregateType,
            byte[] aggregateId,
            byte[] type,
            byte[] timestamp,
            byte[] payload,
            PayloadKind payloadKind,
            byte[] tracingSpanContext) {
        this(
                id,
                aggregateType,
                aggregateId,
                type,
                timestamp,
                payload,
                payloadKind,
                tracingSpanContext,
                ColumnHeaders.NONE,
                null);
    }

    /** What could not be read. */
    static OutboxRow defective(byte[] id, byte[] content, String defect) {
        return new OutboxRow(id, null, null, null, null, content, PayloadKind.BINARY, null, ColumnHeaders.NONE, defect);
    }
}
