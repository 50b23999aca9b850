package io.walpost.consumer;

import java.util.Objects;
import java.util.Optional;

/**
 * A login that is asked for once, and again only after the sink has refused what is known. Whoever asks waits for no question
 * but its own, so that several who ask at once do not add up. Safe for use by several threads.
 */
public final class KeptLogin {

    private final SinkLogin login;
    private volatile Optional<SinkLogin.Credentials> known = Optional.empty();

    public KeptLogin(SinkLogin login) {
        this.login = Objects.requireNonNull(login, "login");
    }

    /**
     * What is known, or holds now; may block for some seconds.
     *
     * @return empty if nobody logs in
     * @throws SinkException if there is somebody to log in, and no password to be had
     */
    public Optional<SinkLogin.Credentials> credentials() throws SinkException {
        Optional<SinkLogin.Credentials> credentials = known;
        if (credentials.isEmpty()) {
            credentials = login.credentials();
            known = credentials;
        }
        return credentials;
    }

    /** @param credentials what the sink did not take; what has been asked for since stays */
    public synchronized void refused(SinkLogin.Credentials credentials) {
        if (known.filter(credentials::equals).isPresent()) {
            known = Optional.empty();
        }
    }
}
