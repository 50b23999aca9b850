package io.walpost.relay.replication;

import io.walpost.relay.failure.RelayException;
import java.util.Optional;

/**
 * Where the password of the relay's role comes from.
 *
 * <p>Contract: asked whenever a connection is made, and only then, so that a password that has changed is noticed by the
 * next connection and costs the one that streams nothing. May block for some seconds, as making a connection may. Does not
 * tell a password in an exception or in {@code toString}. Implementations are safe for use by several threads.
 */
public interface PasswordSource {

    /**
     * The password, as far as is known.
     *
     * @return empty if the role needs none
     * @throws RelayException if it cannot be had; its kind says whether trying again may help
     */
    String password() throws RelayException;

    /**
     * Asks anew after the server has refused a password.
     *
     * @return another one to try, once; empty if there is none
     */
    default Optional<String> insteadOf(String refused) throws RelayException {
        return Optional.empty();
    }

    /** Whether {@link #password} is one that the role has, and is given if a setup makes the role. */
    default boolean isLasting() {
        return true;
    }

    /** A password that does not change. */
    static PasswordSource of(String password) {
        return new PasswordSource() {
            @Override
            public String password() {
                return password;
            }

            @Override
            public String toString() {
                return "a password";
            }
        };
    }
}
