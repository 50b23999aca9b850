package io.walpost.cache;

import io.vertx.core.buffer.Buffer;
import io.walpost.consumer.EventPosition;
import io.walpost.consumer.ReceivedEvent;
import io.walpost.consumer.UnprocessableEventException;
import java.util.List;
import java.util.OptionalLong;
import java.util.UUID;

/**
 * What one event does to the entry of its aggregate, in the words of {@code apply.lua}.
 *
 * @param key the entry
 * @param version the aggregate's version, in decimal; nothing if the event does not say
 * @param position the place in the database's log, as decimal text that compares like it; nothing if the event does not say
 * @param token begins a new life of the entry, if that is to be; never used before
 * @param snapshot the new value; of length 0 to take the value away
 */
record EntryUpdate(String key, String version, String position, String token, byte[] snapshot) {

    private static final int LSN_DIGITS = 20;
    private static final int ORDER_DIGITS = 19;

    /** @throws UnprocessableEventException if the payload is not what events have */
    static EntryUpdate of(ReceivedEvent event, EntryRules rules) throws UnprocessableEventException {
        Payload payload = PayloadReader.read(event.payload());
        return new EntryUpdate(
                rules.keyPrefix() + event.aggregateType() + ":" + event.aggregateId(),
                text(payload.version()),
                event.position().map(EntryUpdate::text).orElse(""),
                // Not the event's id: an event that comes again after its entry was forgotten begins another life.
                UUID.randomUUID().toString(),
                rules.mode() == CacheMode.REFRESH ? payload.snapshot() : Payload.EMPTY.snapshot());
    }

    List<Buffer> arguments(EntryRules rules) {
        return List.of(
                Buffer.buffer(version),
                Buffer.buffer(position),
                Buffer.buffer(token),
                Buffer.buffer(snapshot),
                Buffer.buffer(Long.toString(rules.markerTtl().toMillis())),
                Buffer.buffer(Long.toString(rules.valueTtl().toMillis())));
    }

    private static String text(OptionalLong version) {
        return version.isPresent() ? Long.toString(version.getAsLong()) : "";
    }

    /** With leading zeros, so that the place within a transaction decides where the commits are the same. */
    private static String text(EventPosition position) {
        return padded(Long.toUnsignedString(position.lsn().value()), LSN_DIGITS)
                + padded(Long.toString(position.order()), ORDER_DIGITS);
    }

    private static String padded(String number, int digits) {
        return "0".repeat(digits - number.length()) + number;
    }

    /** Without the key, which names an aggregate, and without its content. */
    @Override
    public String toString() {
        return "EntryUpdate[version " + version + "]";
    }
}
