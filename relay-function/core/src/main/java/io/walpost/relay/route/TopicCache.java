package io.walpost.relay.route;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;

/**
 * Remembers the topics of some aggregate types by their bytes, so that the usual event needs no string. Aggregate types
 * that share a place displace each other, so however many there are, no more than so many are kept. Owned by one thread.
 */
final class TopicCache {

    /** A power of two, and more than an application has aggregate types. */
    private static final int PLACES = 256;

    private final TopicRouting routing;
    private final byte[][] types = new byte[PLACES][];
    private final String[] topics = new String[PLACES];

    TopicCache(TopicRouting routing) {
        this.routing = routing;
    }

    /** @throws IllegalArgumentException if Kafka has no topic for it, saying why */
    String topic(byte[] aggregateType) {
        int place = Arrays.hashCode(aggregateType) & PLACES - 1;
        if (!Arrays.equals(aggregateType, types[place])) {
            topics[place] = routing.topic(new String(aggregateType, UTF_8));
            types[place] = aggregateType;
        }
        return topics[place];
    }
}
