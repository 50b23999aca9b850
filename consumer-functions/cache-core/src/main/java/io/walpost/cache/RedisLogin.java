package io.walpost.cache;

import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.walpost.consumer.SinkException;
import io.walpost.consumer.SinkLogin;
import java.util.Optional;

/**
 * What comes first over a connection, if Redis wants a login. Vert.x's client would do it with what it was given once, when it
 * was made; so it is done here, with what holds now. Kept until Redis refuses it. Safe for use by several threads.
 */
final class RedisLogin {

    private final SinkLogin login;
    private volatile Optional<SinkLogin.Credentials> known = Optional.empty();

    RedisLogin(SinkLogin login) {
        this.login = login;
    }

    /**
     * Empty if nobody logs in.
     *
     * @throws SinkException if there is somebody to log in, and no password to be had
     */
    Optional<Request> request() throws SinkException {
        if (known.isEmpty()) {
            known = login.credentials();
        }
        return known.map(RedisLogin::auth);
    }

    /** The next request has what holds by then. */
    void refused() {
        known = Optional.empty();
    }

    private static Request auth(SinkLogin.Credentials credentials) {
        Request request = Request.cmd(Command.AUTH);
        credentials.user().ifPresent(request::arg);
        return request.arg(credentials.password());
    }
}
