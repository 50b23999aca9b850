package io.walpost.sample.orders.cache;

/** What the cache says of an order. */
sealed interface Lookup {

    /** It has the order, as JSON. */
    record Hit(byte[] value, String token) implements Lookup {}

    /** It does not have the order, and takes it for this token. */
    record Miss(String token) implements Lookup {}

    /** It cannot be asked now. */
    record Unavailable() implements Lookup {}
}
