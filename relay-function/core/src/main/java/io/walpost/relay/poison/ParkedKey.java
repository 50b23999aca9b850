package io.walpost.relay.poison;

import io.walpost.relay.route.RoutedEvent;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * A topic's key whose events are set aside.
 *
 * @param key neither copied nor moved in
 */
public record ParkedKey(String topic, ByteBuffer key) {

    public static ParkedKey of(String topic, byte[] key) {
        return new ParkedKey(topic, ByteBuffer.wrap(key));
    }

    static ParkedKey of(RoutedEvent event) {
        return of(event.topic(), event.key());
    }

    public byte[] keyBytes() {
        byte[] bytes = new byte[key.remaining()];
        key.duplicate().get(bytes);
        return bytes;
    }

    /** The key as the text that it is. */
    public String keyText() {
        return new String(keyBytes(), StandardCharsets.UTF_8);
    }
}
