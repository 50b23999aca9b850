/**
 * The consumer that keeps a cache in Redis true to the database: each event invalidates or refreshes the entry of its
 * aggregate, and neither a duplicate, an older event nor a late fill by a reader puts a stale value back.
 *
 * <p>{@link io.walpost.cache.CacheHandler} is the handler; what happens to an entry is decided by {@code apply.lua}, within
 * Redis and atomically. The format of an entry is in docs/cache.md, because the programs that read and fill the cache
 * share that and no code.
 */
package io.walpost.cache;
