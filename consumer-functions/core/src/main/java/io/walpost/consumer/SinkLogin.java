package io.walpost.consumer;

import java.util.Optional;

/**
 * What to log in to a sink with. Asked for whenever a login is needed, since it may be rotated meanwhile. Safe for use by
 * several threads.
 */
@FunctionalInterface
public interface SinkLogin {

    /**
     * What holds now; may block for some seconds.
     *
     * @return empty if nothing but the address of the sink is set
     * @throws SinkException if it cannot be had
     */
    Optional<Credentials> credentials() throws SinkException;

    /** Whether there is something to log in with. Asks nobody, so that it may be called before a login is needed. */
    default boolean isConfigured() {
        return true;
    }

    /** Whatever the address of the sink says. */
    static SinkLogin none() {
        return new SinkLogin() {
            @Override
            public Optional<Credentials> credentials() {
                return Optional.empty();
            }

            @Override
            public boolean isConfigured() {
                return false;
            }
        };
    }

    /**
     * Who logs in.
     *
     * @param user empty if the sink's default user does
     */
    record Credentials(Optional<String> user, String password) {

        /** Leaves out the password. */
        @Override
        public String toString() {
            return "Credentials[" + user.orElse("(default user)") + "]";
        }
    }
}
