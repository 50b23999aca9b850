package io.walpost.relay.publish;

import io.walpost.relay.checkpoint.EventPosition;
import io.walpost.relay.route.RoutedEvent;
import java.util.List;
import java.util.Optional;

/**
 * Events of one database transaction that are to become visible together: all of them, or as many as fit the window.
 *
 * @param entries at least one, in order
 */
record EventBatch(List<Entry> entries) {

    /** @param sequence the number under which the event was offered */
    record Entry(RoutedEvent event, long sequence) {}

    EventPosition lastPosition() {
        return entries.getLast().event().position();
    }

    /** The position of the last entry that is an event, if any is. */
    Optional<EventPosition> lastEvent() {
        return entries.reversed().stream()
                .map(Entry::event)
                .filter(RoutedEvent::isEvent)
                .map(RoutedEvent::position)
                .findFirst();
    }

    boolean contains(long sequence) {
        return entries.getFirst().sequence() <= sequence
                && sequence <= entries.getLast().sequence();
    }
}
