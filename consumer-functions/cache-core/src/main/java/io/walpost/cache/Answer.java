package io.walpost.cache;

import io.vertx.core.Future;
import io.vertx.redis.client.Response;
import java.time.Duration;
import java.util.concurrent.TimeoutException;

/**
 * What became of a request: Redis's response, or what went wrong.
 *
 * @param response null if there is a failure, and also where Redis answers with nothing
 * @param failure null if there is a response
 */
record Answer(Response response, Throwable failure) {

    /** @param limit how long the answer was waited for */
    static Answer of(Future<Response> future, Duration limit) {
        if (future.succeeded()) {
            return new Answer(future.result(), null);
        }
        return new Answer(null, future.failed() ? future.cause() : late(limit));
    }

    static TimeoutException late(Duration limit) {
        return new TimeoutException("Redis did not answer within " + limit.toMillis() + " ms");
    }

    /** Nobody has logged in on the connection, or somebody who may less, as the default user; nothing was done. */
    boolean lacksLogin() {
        return fails("NOAUTH") || fails("NOPERM");
    }

    /** Redis does not know the script, which it has forgotten with its last end; nothing was done. */
    boolean lacksScript() {
        return fails("NOSCRIPT");
    }

    private boolean fails(String word) {
        return failure != null && String.valueOf(failure.getMessage()).startsWith(word);
    }
}
