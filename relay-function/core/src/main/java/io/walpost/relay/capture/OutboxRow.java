package io.walpost.relay.capture;

/**
 * The values of one outbox row as UTF-8 text, in the session's formats (ISO 8601, UTC); null for SQL NULL. The arrays
 * belong to the row and are not copied.
 *
 * @param payload the record's value, byte for byte
 * @param payloadKind what the payload's column holds
 */
public record OutboxRow(
        byte[] id,
        byte[] aggregateType,
        byte[] aggregateId,
        byte[] type,
        byte[] timestamp,
        byte[] payload,
        PayloadKind payloadKind,
        byte[] tracingSpanContext) {}
