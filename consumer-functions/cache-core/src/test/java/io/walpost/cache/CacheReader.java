package io.walpost.cache;

import io.vertx.core.buffer.Buffer;
import io.vertx.redis.client.Response;
import java.util.List;
import java.util.UUID;

/** Reads and fills the cache as the sample app does, with its own scripts, but for the waiting and the JSON. */
final class CacheReader {

    private static final Script LOOKUP = Script.of("/io/walpost/sample/orders/cache/lookup.lua");
    private static final Script FILL = Script.of("/io/walpost/sample/orders/cache/fill.lua");
    private static final Buffer TTL = Buffer.buffer("600000");

    private final ScriptRunner runner;

    CacheReader(ScriptRunner runner) {
        this.runner = runner;
    }

    /** @param value null if the cache has none */
    record Found(String value, String token) {
        boolean isHit() {
            return value != null;
        }
    }

    Found lookup(Object order) throws InterruptedException {
        Response found =
                call(LOOKUP, order, List.of(Buffer.buffer(UUID.randomUUID().toString()), TTL));
        return new Found(
                found.get(0) == null ? null : found.get(0).toString(),
                found.get(1).toString());
    }

    /** True if the value was put. */
    boolean fill(Object order, String token, long version, String value) throws InterruptedException {
        return call(
                                FILL,
                                order,
                                List.of(
                                        Buffer.buffer(token),
                                        Buffer.buffer(Long.toString(version)),
                                        Buffer.buffer(value),
                                        TTL))
                        .toInteger()
                == 1;
    }

    private Response call(Script script, Object order, List<Buffer> arguments) throws InterruptedException {
        Answer answer = runner.run(script, List.of(new Script.Call(Orders.key(order), arguments)))
                .getFirst();
        if (answer.failure() != null) {
            throw new IllegalStateException(answer.failure());
        }
        return answer.response();
    }
}
