package io.walpost.consumer.lambda;

import io.quarkus.arc.Unremovable;
import io.quarkus.credentials.CredentialsProvider;
import io.walpost.aws.credentials.CredentialsException;
import io.walpost.aws.credentials.Secret;
import io.walpost.aws.credentials.SecretValue;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Passwords out of AWS Secrets Manager, for whatever of Quarkus takes a {@code credentials-provider}: its name is that of the
 * secret. A pool asks for each connection that it opens, and the secret is asked for each time, so a rotation is noticed by
 * the next connection. While the database has the new password and the secret does not say so yet, which lasts for seconds,
 * connections are refused, and events are tried again.
 */
@Singleton
@Named(AwsSecretCredentials.NAME)
@Unremovable
class AwsSecretCredentials implements CredentialsProvider {

    static final String NAME = "aws-secret";

    private final Map<String, Secret> secrets = new ConcurrentHashMap<>();

    @Override
    public Map<String, String> getCredentials(String secret) {
        try {
            return properties(secrets.computeIfAbsent(secret, Secret::new).current());
        } catch (CredentialsException e) {
            throw CredentialsUnavailableException.of(e);
        }
    }

    private static Map<String, String> properties(SecretValue value) {
        Map<String, String> properties = new HashMap<>();
        value.user().ifPresent(user -> properties.put(USER_PROPERTY_NAME, user));
        properties.put(PASSWORD_PROPERTY_NAME, value.password());
        return properties;
    }
}
