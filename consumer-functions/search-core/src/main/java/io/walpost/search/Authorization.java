package io.walpost.search;

import io.walpost.consumer.SinkException;
import io.walpost.consumer.SinkLogin;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/**
 * The header {@code Authorization} of each request (RFC 7617, Basic). Kept until OpenSearch refuses it; who asks then asks for
 * what holds by now. Safe for use by several threads.
 */
final class Authorization {

    private final SinkLogin login;
    private volatile Optional<String> known = Optional.empty();

    Authorization(SinkLogin login) {
        this.login = login;
    }

    /**
     * Empty if nobody logs in. Waits for nobody's question but its own, so that several who ask at once do not add up.
     *
     * @throws SinkException if there is somebody to log in, and no password to be had
     */
    Optional<String> header() throws SinkException {
        Optional<String> header = known;
        if (header.isEmpty()) {
            header = login.credentials().map(Authorization::basic);
            known = header;
        }
        return header;
    }

    /** @param header what OpenSearch did not take; what has been asked for since stays */
    synchronized void refused(Optional<String> header) {
        if (known.equals(header)) {
            known = Optional.empty();
        }
    }

    private static String basic(SinkLogin.Credentials credentials) {
        byte[] both = (credentials.user().orElse("") + ":" + credentials.password()).getBytes(StandardCharsets.UTF_8);
        return "Basic " + Base64.getEncoder().encodeToString(both);
    }
}
