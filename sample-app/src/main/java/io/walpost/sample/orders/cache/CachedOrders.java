package io.walpost.sample.orders.cache;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.arc.InjectableInstance;
import io.vertx.redis.client.Redis;
import io.walpost.sample.orders.OrderService;
import io.walpost.sample.orders.OrderView;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.util.Optional;

/**
 * Reads orders through the cache, if there is one: a value from it, or the database's, which is then put into it.
 *
 * <p>A read can be behind the last change of the order until that change's event has arrived. It is never behind a change
 * whose event has been applied.
 */
@ApplicationScoped
public class CachedOrders {

    private final OrderService orders;
    private final ObjectMapper json;
    private final MeterRegistry metrics;
    private final Optional<OrderCache> cache;

    CachedOrders(
            OrderService orders,
            ObjectMapper json,
            MeterRegistry metrics,
            InjectableInstance<Redis> redis,
            CacheConfig config) {
        this.orders = orders;
        this.json = json;
        this.metrics = metrics;
        this.cache = redis.listActive().stream().findFirst().map(client -> new OrderCache(client, config));
    }

    /** @throws io.walpost.sample.orders.OrderNotFoundException if there is no such order */
    public OrderView find(long orderId) {
        return cache.isPresent() ? find(cache.get(), orderId) : orders.find(orderId);
    }

    private OrderView find(OrderCache present, long orderId) {
        return switch (present.lookup(orderId)) {
            case Lookup.Hit hit -> read(present, orderId, hit);
            case Lookup.Miss miss -> {
                countLookup("miss");
                yield fetch(present, orderId, miss.token());
            }
            case Lookup.Unavailable unavailable -> {
                countLookup("unavailable");
                yield orders.find(orderId);
            }
        };
    }

    private OrderView read(OrderCache present, long orderId, Lookup.Hit hit) {
        try {
            OrderView order = json.readValue(hit.value(), OrderView.class);
            countLookup("hit");
            return order;
        } catch (IOException writtenByAnotherVersion) {
            countLookup("unreadable");
            return fetch(present, orderId, hit.token());
        }
    }

    private OrderView fetch(OrderCache present, long orderId, String token) {
        OrderView order = orders.find(orderId);
        present.fill(orderId, token, order.version(), write(order))
                .onSuccess(put -> countFill(put ? "put" : "refused"))
                .onFailure(failure -> countFill("failed"));
        return order;
    }

    private byte[] write(OrderView order) {
        try {
            return json.writeValueAsBytes(order);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("an order cannot be written as JSON", e);
        }
    }

    private void countLookup(String result) {
        metrics.counter("orders.cache.lookups", "result", result).increment();
    }

    private void countFill(String result) {
        metrics.counter("orders.cache.fills", "result", result).increment();
    }
}
