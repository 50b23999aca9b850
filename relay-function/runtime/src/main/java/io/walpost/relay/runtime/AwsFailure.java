package io.walpost.relay.runtime;

import io.walpost.aws.credentials.CredentialsException;
import io.walpost.relay.failure.FailureKind;
import io.walpost.relay.failure.RelayException;

/** What it means for the relay that AWS gave no password. */
final class AwsFailure {

    private AwsFailure() {}

    /** As with a password that is refused, a relay that has streamed before goes on trying. */
    static RelayException of(CredentialsException cause) {
        return new RelayException(
                cause.isPermanent() ? FailureKind.AUTHENTICATION : FailureKind.DATABASE_UNAVAILABLE,
                cause.getMessage(),
                cause,
                cause.hint());
    }
}
