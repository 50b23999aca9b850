package io.walpost.cache;

import io.vertx.core.Vertx;
import io.vertx.core.net.NetClientOptions;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.RedisOptions;
import io.walpost.consumer.SinkLogin;
import io.walpost.localstack.LocalRedis;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A real Redis with a client with the settings of application.properties, and what the tests ask of both. */
final class CacheServer implements AutoCloseable {

    static final Duration TIMEOUT = Duration.ofSeconds(2);
    private static final Duration TTL = Duration.ofMinutes(10);

    final LocalRedis redis = LocalRedis.temporary();
    final Redis client;
    private final Vertx vertx = Vertx.vertx();

    CacheServer() {
        redis.start();
        client = client(1000);
    }

    /** @param readIdleMillis after which a connection is given up on which nothing comes; 0 for never */
    private Redis client(int readIdleMillis) {
        return Redis.createClient(
                vertx,
                new RedisOptions()
                        .setConnectionString(redis.uri())
                        .setProtocolNegotiation(false)
                        .setNetClientOptions(new NetClientOptions()
                                .setConnectTimeout(1000)
                                .setIdleTimeoutUnit(TimeUnit.MILLISECONDS)
                                .setReadIdleTimeout(readIdleMillis)));
    }

    /** With a connection that waits for longer than the runner does; closed with this. */
    ScriptRunner patientRunner() {
        return new ScriptRunner(client(0), SinkLogin.none(), TIMEOUT);
    }

    CacheHandler handler(CacheMode mode) {
        return handler(mode, SinkLogin.none());
    }

    CacheHandler handler(CacheMode mode, SinkLogin login) {
        return new CacheHandler(
                new ScriptRunner(client, login, TIMEOUT), new EntryRules(Orders.PREFIX, mode, TTL, TTL));
    }

    CacheReader reader() {
        return new CacheReader(new ScriptRunner(client, SinkLogin.none(), TIMEOUT));
    }

    /** A field of an order's entry; nothing if there is none. */
    String field(Object order, String name) {
        return redis.command("HGET", Orders.key(order), name);
    }

    long ttl(Object order) {
        return Long.parseLong(redis.command("PTTL", Orders.key(order)));
    }

    void forget(Object order) {
        redis.command("DEL", Orders.key(order));
    }

    List<String> keys() {
        return redis.command("KEYS", "*").lines().toList();
    }

    @Override
    public void close() throws Exception {
        client.close();
        vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
        redis.close();
    }
}
