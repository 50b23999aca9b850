/**
 * Orders read through a cache in Redis, which a consumer of the orders' events keeps true. The format of its entries, and
 * what it guarantees, is in docs/cache.md: this service and that consumer share it and no code.
 */
package io.walpost.sample.orders.cache;
