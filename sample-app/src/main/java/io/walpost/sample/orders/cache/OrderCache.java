package io.walpost.sample.orders.cache;

import io.vertx.core.Future;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.Response;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jboss.logging.Logger;

/** The entries in Redis. A Redis that does not answer is no error: the database does. */
final class OrderCache {

    private static final Logger LOG = Logger.getLogger(OrderCache.class);
    private static final int PUT = 1;

    private final CacheConfig config;
    private final Script lookup;
    private final Script fill;
    private final Rest rest;

    OrderCache(Redis redis, CacheConfig config) {
        this.config = config;
        this.lookup = new Script(redis, "lookup.lua");
        this.fill = new Script(redis, "fill.lua");
        this.rest = new Rest(config.restAfterFailure());
    }

    /** Blocks for {@code orders.cache.timeout} at most. The database must be read after it, not before. */
    Lookup lookup(long orderId) {
        if (rest.isOn()) {
            return new Lookup.Unavailable();
        }
        CompletableFuture<Response> answer = lookup.run(
                        key(orderId),
                        List.of(
                                text(UUID.randomUUID()),
                                text(config.fillWithin().toMillis())))
                .toCompletionStage()
                .toCompletableFuture();
        try {
            Lookup found = read(answer.get(config.timeout().toMillis(), TimeUnit.MILLISECONDS));
            rest.end();
            return found;
        } catch (ExecutionException e) {
            return unavailable(e.getCause());
        } catch (TimeoutException e) {
            return unavailable(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return unavailable(e);
        }
    }

    /** True if the value was put. Completes when Redis has answered; nobody has to wait for it. */
    Future<Boolean> fill(long orderId, String token, int version, byte[] value) {
        return fill.run(
                        key(orderId),
                        List.of(
                                text(token),
                                text(version),
                                value,
                                text(config.valueTtl().toMillis())))
                .map(response -> response.toInteger() == PUT)
                .onFailure(this::unavailable);
    }

    private static Lookup read(Response found) {
        String token = found.get(1).toString();
        return found.get(0) == null
                ? new Lookup.Miss(token)
                : new Lookup.Hit(found.get(0).toBytes(), token);
    }

    private Lookup unavailable(Throwable cause) {
        if (rest.begin()) {
            LOG.warnf("The cache does not answer, and the database does instead: %s", describe(cause));
        }
        return new Lookup.Unavailable();
    }

    /** Of what Redis says only the first word: it may quote the request, and with it an order. */
    private static String describe(Throwable cause) {
        return cause instanceof Response ? cause.getMessage().split(" ", 2)[0] : cause.toString();
    }

    private String key(long orderId) {
        return config.keyPrefix() + orderId;
    }

    private static byte[] text(Object value) {
        return value.toString().getBytes(StandardCharsets.UTF_8);
    }
}
