package io.walpost.relay.poison;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.walpost.outbox.DeadLetterHeaders;
import io.walpost.relay.route.RecordHeaders;
import io.walpost.relay.route.RoutedEvent;

/** Makes dead letters: the event's key, whole value and headers, and why it is dead. */
final class DeadLetters {

    /** Messages of exceptions know no bounds. */
    private static final int LONGEST_TEXT = 2_000;

    private final String topic;

    DeadLetters(String topic) {
        this.topic = topic;
    }

    /** The letter of an event that cannot be published. */
    RoutedEvent of(RoutedEvent event, String kind, String reason) {
        return letter(event, kind, reason, "");
    }

    /** The letter of an event that could be published, or not, but waits behind another one. */
    RoutedEvent following(RoutedEvent event, Parking parking) {
        return letter(
                event,
                PoisonPolicy.FOLLOWS_PARKED,
                "waits behind event " + parking.eventId() + " of the same key (" + parking.kind() + ")",
                parking.eventId());
    }

    /** The letter of an event that cannot be published, and waits behind another one too. */
    RoutedEvent following(RoutedEvent event, Parking parking, String kind, String reason) {
        return letter(event, kind, reason, parking.eventId());
    }

    private RoutedEvent letter(RoutedEvent event, String kind, String reason, String follows) {
        RecordHeaders headers = new RecordHeaders();
        event.headers().forEach(headers::add);
        add(headers, DeadLetterHeaders.KIND, kind);
        add(headers, DeadLetterHeaders.REASON, kind + ": " + reason);
        add(headers, DeadLetterHeaders.CAUSE, reason);
        add(headers, DeadLetterHeaders.TOPIC, event.topic());
        if (!follows.isEmpty()) {
            add(headers, DeadLetterHeaders.FOLLOWS, follows);
        }
        return new RoutedEvent(event.id(), topic, event.key(), event.value(), headers, event.position(), event.last());
    }

    private static void add(RecordHeaders headers, String name, String text) {
        String bounded = text.length() > LONGEST_TEXT ? text.substring(0, LONGEST_TEXT) + "…" : text;
        headers.add(name, bounded.getBytes(UTF_8));
    }
}
