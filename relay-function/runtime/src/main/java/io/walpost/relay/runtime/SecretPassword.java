package io.walpost.relay.runtime;

import io.walpost.aws.credentials.CredentialsException;
import io.walpost.aws.credentials.Secret;
import io.walpost.aws.credentials.SecretValue;
import io.walpost.relay.failure.FailureKind;
import io.walpost.relay.failure.RelayException;
import io.walpost.relay.replication.PasswordSource;
import java.util.Optional;

/**
 * The password that a secret of AWS Secrets Manager holds. It is kept until the server refuses it.
 *
 * <p>Then the secret is asked for again. If it still holds what was refused, it may be amid a rotation, which changes the
 * role's password first and says so in the secret afterwards; what is pending is tried then.
 */
final class SecretPassword implements PasswordSource {

    private final Secret secret;
    private final String user;
    private volatile String known;

    private SecretPassword(Secret secret, String user) {
        this.secret = secret;
        this.user = user;
    }

    static PasswordSource of(String id, String user) {
        return new SecretPassword(new Secret(id), user);
    }

    @Override
    public String password() throws RelayException {
        String password = known;
        return password != null ? password : askAgain();
    }

    @Override
    public Optional<String> insteadOf(String refused) throws RelayException {
        String current = askAgain();
        return current.equals(refused) ? pending().filter(password -> !password.equals(refused)) : Optional.of(current);
    }

    private String askAgain() throws RelayException {
        try {
            known = ofUser(secret.current());
            return known;
        } catch (CredentialsException e) {
            throw AwsFailure.of(e);
        }
    }

    private Optional<String> pending() throws RelayException {
        try {
            Optional<SecretValue> next = secret.pending();
            return next.isPresent() ? Optional.of(ofUser(next.get())) : Optional.empty();
        } catch (CredentialsException e) {
            throw AwsFailure.of(e);
        }
    }

    /** A role that takes its place would lack what only this one has: REPLICATION is not inherited. */
    private String ofUser(SecretValue value) throws RelayException {
        if (value.user().isPresent() && !value.user().get().equals(user)) {
            throw new RelayException(
                    FailureKind.CONFIGURATION,
                    "The secret " + secret + " is for the role " + value.user().get()
                            + ", and walpost.relay.postgres.user is " + user,
                    null,
                    "Name that role, or another secret. A secret of the relay is rotated for one user, not for two that"
                            + " alternate.");
        }
        return value.password();
    }

    /** Without a password. */
    @Override
    public String toString() {
        return "the secret " + secret;
    }
}
