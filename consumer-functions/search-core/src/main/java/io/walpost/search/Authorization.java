package io.walpost.search;

import io.walpost.consumer.SinkException;
import io.walpost.consumer.SinkLogin;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/**
 * The header {@code Authorization} of each request (RFC 7617, Basic). Kept until OpenSearch refuses it; the next request then
 * asks for what holds by now. Safe for use by several threads.
 */
final class Authorization {

    private final SinkLogin login;
    private Optional<String> known = Optional.empty();

    Authorization(SinkLogin login) {
        this.login = login;
    }

    /**
     * Empty if nobody logs in.
     *
     * @throws SinkException if there is somebody to log in, and no password to be had
     */
    synchronized Optional<String> header() throws SinkException {
        if (known.isEmpty()) {
            known = login.credentials().map(Authorization::basic);
        }
        return known;
    }

    synchronized void refused() {
        known = Optional.empty();
    }

    private static String basic(SinkLogin.Credentials credentials) {
        byte[] both = (credentials.user().orElse("") + ":" + credentials.password()).getBytes(StandardCharsets.UTF_8);
        return "Basic " + Base64.getEncoder().encodeToString(both);
    }
}
