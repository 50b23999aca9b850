package io.walpost.relay.route;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.walpost.relay.checkpoint.EventPosition;
import java.time.Instant;
import java.util.UUID;

/** Events for tests that are not about routing. */
public final class RoutedEvents {

    private RoutedEvents() {}

    /** An event of aggregate 42. */
    public static RoutedEvent of(String topic, String value) {
        return at(EventPosition.NONE, true, topic, value);
    }

    /** An event of aggregate 42 with its place in the log. */
    public static RoutedEvent at(EventPosition position, boolean last, String topic, String value) {
        String id = UUID.randomUUID().toString();
        RecordHeaders headers = new RecordHeaders();
        headers.add("id", id);
        return new RoutedEvent(id, topic, "42".getBytes(UTF_8), value.getBytes(UTF_8), headers, position, last);
    }

    /** The same event with a timestamp of its own. */
    public static RoutedEvent stamped(RoutedEvent event, Instant timestamp) {
        return new RoutedEvent(
                event.id(),
                event.topic(),
                event.key(),
                event.value(),
                event.headers(),
                event.position(),
                event.last(),
                timestamp.toEpochMilli(),
                true);
    }
}
