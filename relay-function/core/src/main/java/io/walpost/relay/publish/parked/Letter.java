package io.walpost.relay.publish.parked;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.walpost.outbox.DeadLetterHeaders;
import io.walpost.outbox.EventHeaders;
import io.walpost.relay.checkpoint.EventPosition;
import io.walpost.relay.failure.PoisonException;
import io.walpost.relay.failure.PoisonException.Poison;
import io.walpost.relay.failure.PoisonKind;
import io.walpost.relay.poison.ParkedKey;
import io.walpost.relay.poison.Parking;
import io.walpost.relay.route.EventRouter;
import io.walpost.relay.route.RecordHeaders;
import io.walpost.relay.route.RoutedEvent;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;

/** A dead letter as it was read. */
record Letter(ConsumerRecord<byte[], byte[]> record) {

    /** Where the event was to go, and its key. */
    ParkedKey key() {
        return ParkedKey.of(header(DeadLetterHeaders.TOPIC), record.key() == null ? new byte[0] : record.key());
    }

    String eventId() {
        return EventRouter.idOf(header(EventHeaders.ID), header(EventHeaders.LSN), header(EventHeaders.TX_ORDER));
    }

    /** Refuses an event that never had what is needed to publish it. */
    void requirePublishable() throws PoisonException {
        if (header(DeadLetterHeaders.KIND).equals(PoisonKind.UNROUTABLE.label())) {
            Poison poison = new Poison(
                    PoisonKind.UNROUTABLE,
                    eventId(),
                    header(DeadLetterHeaders.TOPIC),
                    EventPosition.NONE,
                    header(DeadLetterHeaders.CAUSE));
            throw new PoisonException(poison, "Event " + eventId() + " cannot be routed: " + poison.reason(), null);
        }
    }

    /** Whether it is there because of this parking, and not of an earlier one of the same key. */
    boolean isOf(Parking parking) {
        return parking.eventId().equals(eventId()) || parking.eventId().equals(header(DeadLetterHeaders.FOLLOWS));
    }

    /** The event as it would have been published. */
    RoutedEvent event() {
        RecordHeaders headers = new RecordHeaders();
        for (Header header : record.headers()) {
            if (!header.key().startsWith(DeadLetterHeaders.PREFIX)) {
                headers.add(header.key(), header.value());
            }
        }
        return new RoutedEvent(
                eventId(),
                header(DeadLetterHeaders.TOPIC),
                record.key(),
                record.value(),
                headers,
                EventPosition.NONE,
                false);
    }

    private String header(String name) {
        Header header = record.headers().lastHeader(name);
        return header == null ? "" : new String(header.value(), UTF_8);
    }
}
