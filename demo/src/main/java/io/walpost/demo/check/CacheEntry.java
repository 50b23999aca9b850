package io.walpost.demo.check;

import java.util.Optional;
import java.util.OptionalLong;

/**
 * An entry of the cache, as docs/cache.md describes it.
 *
 * @param version before which it knows of nothing that is news; empty if it was only begun
 * @param order the value; empty for a marker
 */
record CacheEntry(long orderId, OptionalLong version, Optional<Account> order) {}
