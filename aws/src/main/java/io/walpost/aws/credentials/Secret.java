package io.walpost.aws.credentials;

import java.time.Duration;
import java.util.Optional;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClientBuilder;
import software.amazon.awssdk.services.secretsmanager.model.ResourceNotFoundException;
import software.amazon.awssdk.services.secretsmanager.model.SecretsManagerException;

/**
 * A secret of AWS Secrets Manager. Each call asks for it; between them nothing is kept but the client, which is made by the
 * first one. Safe for use by several threads.
 */
public final class Secret {

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(2);
    private static final Duration SOCKET_TIMEOUT = Duration.ofSeconds(5);
    private static final Duration CALL_TIMEOUT = Duration.ofSeconds(10);

    private static final String CURRENT = "AWSCURRENT";
    private static final String PENDING = "AWSPENDING";
    private static final int SERVER_ERROR = 500;
    private static final int ARN_REGION = 3;

    private final String id;
    private SecretsManagerClient client;

    /** @param id the secret's ARN or, in the process's own region, its name */
    public Secret(String id) {
        if (id.isBlank()) {
            throw new IllegalArgumentException("A secret is named by its ARN or its name");
        }
        this.id = id.strip();
    }

    /** What holds now. */
    public SecretValue current() throws CredentialsException {
        try {
            return ask(CURRENT);
        } catch (ResourceNotFoundException e) {
            throw new CredentialsException(
                    "The secret " + id + " does not exist, or has no value",
                    e,
                    true,
                    "Name it by its ARN if it is another region's or another account's.");
        }
    }

    /**
     * What is about to hold, while the secret is rotated: the database has it already when it does not take the current one
     * any more.
     *
     * @return empty if the secret is not rotated
     */
    public Optional<SecretValue> pending() throws CredentialsException {
        try {
            return Optional.of(ask(PENDING));
        } catch (ResourceNotFoundException e) {
            return Optional.empty();
        }
    }

    private SecretValue ask(String stage) throws CredentialsException {
        String text;
        try {
            text = client().getSecretValue(request -> request.secretId(id).versionStage(stage))
                    .secretString();
        } catch (ResourceNotFoundException e) {
            throw e;
        } catch (SdkException e) {
            throw failure(e);
        }
        if (text == null) {
            throw unusable("is binary");
        }
        return SecretValue.parse(text).orElseThrow(() -> unusable("has no field password"));
    }

    private CredentialsException failure(SdkException cause) {
        boolean permanent = cause instanceof SecretsManagerException answer
                && answer.statusCode() < SERVER_ERROR
                && !answer.isThrottlingException();
        return new CredentialsException(
                "The secret " + id + " could not be read: " + firstLine(cause),
                cause,
                permanent,
                permanent
                        ? "The role of the function or the process needs secretsmanager:GetSecretValue on the secret,"
                                + " and kms:Decrypt if it has a key of its own."
                        : "Can Secrets Manager be reached, by an endpoint of the VPC or by NAT, and are there credentials"
                                + " of AWS?");
    }

    private CredentialsException unusable(String why) {
        return new CredentialsException(
                "The secret " + id + " " + why,
                null,
                true,
                "It must be a password, or a JSON object with the fields username and password.");
    }

    /** Of a request that failed, the SDK says which it was. */
    static String firstLine(SdkException failure) {
        return String.valueOf(failure.getMessage()).lines().findFirst().orElse("");
    }

    private synchronized SecretsManagerClient client() throws CredentialsException {
        if (client == null) {
            SecretsManagerClientBuilder builder = SecretsManagerClient.builder()
                    .httpClientBuilder(UrlConnectionHttpClient.builder()
                            .connectionTimeout(CONNECT_TIMEOUT)
                            .socketTimeout(SOCKET_TIMEOUT))
                    .overrideConfiguration(client -> client.apiCallTimeout(CALL_TIMEOUT));
            region().ifPresent(builder::region);
            try {
                client = builder.build();
            } catch (SdkClientException e) {
                throw failure(e);
            }
        }
        return client;
    }

    /** An ARN names the region: {@code arn:aws:secretsmanager:eu-central-1:123456789012:secret:orders/relay-a1B2c3}. */
    private Optional<Region> region() {
        String[] parts = id.split(":");
        return parts.length > ARN_REGION && parts[0].equals("arn")
                ? Optional.of(Region.of(parts[ARN_REGION]))
                : Optional.empty();
    }

    /** Its name, which is no secret. */
    @Override
    public String toString() {
        return id;
    }
}
