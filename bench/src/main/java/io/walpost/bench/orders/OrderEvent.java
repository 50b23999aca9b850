package io.walpost.bench.orders;

import java.util.UUID;

/**
 * An event of an order.
 *
 * @param number counts the events of a benchmark from 0
 * @param orderId the aggregate
 * @param version of the order, which counts its events from 1
 * @param type what happened
 * @param payload the JSON; cut off if it is not readable
 * @param readable whether a consumer can make sense of it
 * @param after the order after it; null if that has been erased
 */
public record OrderEvent(
        int number, long orderId, long version, String type, byte[] payload, boolean readable, OrderState after) {

    static final String PLACED = "OrderPlaced";
    static final String LINE_ADDED = "OrderLineAdded";
    static final String CANCELLED = "OrderCancelled";
    static final String DELETED = "OrderDeleted";

    private static final byte[] NO_PAYLOAD = {};

    private static final long VERSION_4 = 0x4000;
    private static final long VERSION_BITS = 0xF000;
    private static final long VARIANT = Long.MIN_VALUE;

    /** Scatters like a random one, since an index of ids is to be as slow as in earnest, and tells the number. */
    public UUID id() {
        return new UUID(scattered(number) & ~VERSION_BITS | VERSION_4, VARIANT | number);
    }

    /** The same for who remembers many of them. */
    OrderEvent withoutPayload() {
        return new OrderEvent(number, orderId, version, type, NO_PAYLOAD, readable, after);
    }

    /** The number of the event that has this id. */
    public static int number(UUID id) {
        return (int) id.getLeastSignificantBits();
    }

    /** The finishing steps of SplitMix64. */
    private static long scattered(long number) {
        long z = (number + 1) * 0x9E3779B97F4A7C15L;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }
}
