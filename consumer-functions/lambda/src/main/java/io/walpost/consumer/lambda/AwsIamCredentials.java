package io.walpost.consumer.lambda;

import io.quarkus.arc.Unremovable;
import io.quarkus.credentials.CredentialsProvider;
import io.walpost.aws.credentials.CredentialsException;
import io.walpost.aws.credentials.DatabaseToken;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.util.Map;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Tokens of IAM database authentication for the data source, whose {@code credentials-provider} is the role. Each connection
 * that the pool opens gets a token of its own.
 */
@Singleton
@Named(AwsIamCredentials.NAME)
@Unremovable
class AwsIamCredentials implements CredentialsProvider {

    static final String NAME = "aws-iam";

    private static final String URL = "quarkus.datasource.jdbc.url";

    private final String url;

    AwsIamCredentials(@ConfigProperty(name = URL, defaultValue = "not set") String url) {
        this.url = url;
    }

    @Override
    public Map<String, String> getCredentials(String role) {
        try {
            return Map.of(
                    USER_PROPERTY_NAME,
                    role,
                    PASSWORD_PROPERTY_NAME,
                    DatabaseToken.of(url, role).create());
        } catch (IllegalArgumentException e) {
            throw CredentialsUnavailableException.misconfigured(
                    new IllegalArgumentException(URL + ": " + e.getMessage(), e));
        } catch (CredentialsException e) {
            throw CredentialsUnavailableException.of(e);
        }
    }
}
