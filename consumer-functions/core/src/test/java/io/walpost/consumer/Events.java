package io.walpost.consumer;

import java.util.Optional;
import java.util.UUID;

/** Events for tests. */
public final class Events {

    public static final RecordCoordinates COORDINATES = new RecordCoordinates("outbox.event.order", 0, 17);

    private Events() {}

    public static ReceivedEvent withId(UUID id) {
        return new ReceivedEvent(
                COORDINATES,
                id,
                "order",
                "42",
                Optional.of("OrderPlaced"),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                new byte[0],
                Optional.empty());
    }

    public static ReceivedEvent random() {
        return withId(UUID.randomUUID());
    }
}
