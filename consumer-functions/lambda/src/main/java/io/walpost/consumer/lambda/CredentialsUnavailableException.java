package io.walpost.consumer.lambda;

import io.walpost.aws.credentials.CredentialsException;
import java.sql.SQLException;

/**
 * A connection cannot be made, because there are no credentials for it. Its cause says to the failure table what that is: no
 * fault of an event, and to be waited out.
 */
final class CredentialsUnavailableException extends RuntimeException {

    private static final String CANNOT_CONNECT = "08001";
    private static final String NOT_AUTHORIZED = "28000";

    private CredentialsUnavailableException(String message, String sqlState, Exception cause) {
        super(message, new SQLException(message, sqlState, cause));
    }

    static CredentialsUnavailableException of(CredentialsException cause) {
        return new CredentialsUnavailableException(
                cause.getMessage() + ". " + cause.hint(), cause.isPermanent() ? NOT_AUTHORIZED : CANNOT_CONNECT, cause);
    }

    /** @param cause says which setting is wrong, and what it should be */
    static CredentialsUnavailableException misconfigured(IllegalArgumentException cause) {
        return new CredentialsUnavailableException(cause.getMessage(), NOT_AUTHORIZED, cause);
    }
}
