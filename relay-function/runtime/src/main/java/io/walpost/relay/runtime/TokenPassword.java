package io.walpost.relay.runtime;

import io.walpost.aws.credentials.CredentialsException;
import io.walpost.aws.credentials.DatabaseToken;
import io.walpost.relay.failure.RelayException;
import io.walpost.relay.replication.PasswordSource;

/** A token of IAM database authentication, a new one for each connection. */
final class TokenPassword implements PasswordSource {

    private final DatabaseToken token;

    private TokenPassword(DatabaseToken token) {
        this.token = token;
    }

    /** @throws IllegalArgumentException if there can be no token for that URL */
    static PasswordSource of(String url, String user) {
        return new TokenPassword(DatabaseToken.of(url, user));
    }

    @Override
    public String password() throws RelayException {
        try {
            return token.create();
        } catch (CredentialsException e) {
            throw AwsFailure.of(e);
        }
    }

    /** A role with {@code rds_iam} has no password. */
    @Override
    public boolean isLasting() {
        return false;
    }

    @Override
    public String toString() {
        return "tokens of IAM";
    }
}
