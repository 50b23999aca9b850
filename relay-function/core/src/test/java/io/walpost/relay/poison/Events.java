package io.walpost.relay.poison;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.walpost.relay.checkpoint.EventPosition;
import io.walpost.relay.failure.PoisonException;
import io.walpost.relay.failure.PoisonException.Poison;
import io.walpost.relay.failure.PoisonKind;
import io.walpost.relay.route.RecordHeaders;
import io.walpost.relay.route.RoutedEvent;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Events, and what they look like when they are read again. */
final class Events {

    private Events() {}

    /** The first event of a transaction. */
    static RoutedEvent event(String id, String topic, String key, long commitLsn) {
        RecordHeaders headers = new RecordHeaders();
        headers.add("id", id);
        return new RoutedEvent(
                id, topic, key.getBytes(UTF_8), "{}".getBytes(UTF_8), headers, new EventPosition(commitLsn, 1), true);
    }

    static PoisonException refusal(RoutedEvent event, PoisonKind kind) {
        return new PoisonException(
                new Poison(kind, event.id(), event.topic(), event.position(), "as the test wants"), "refused", null);
    }

    static Map<String, String> headers(RoutedEvent event) {
        Map<String, String> headers = new HashMap<>();
        event.headers().forEach((name, value) -> headers.put(name, new String(value, UTF_8)));
        return headers;
    }

    static Optional<ParkedCodec.Entry> read(RoutedEvent record) {
        Map<String, byte[]> headers = new HashMap<>();
        record.headers().forEach(headers::put);
        return ParkedCodec.read(record.key(), record.value(), headers::get);
    }
}
