package io.walpost.aws.credentials;

import java.net.URI;
import java.time.Clock;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

/**
 * Does what asking for a password takes, without asking anybody: signs something with a key that does not exist, and sends it
 * to a port on which nobody listens. A function that does so while it is initialized has the SDK's fifteen hundred classes
 * loaded before it is invoked, and in its snapshot. Nothing else is left behind: no credentials, no connection, no client.
 */
public final class WarmUp {

    private static final String ANYTHING = "none";
    private static final Region ANYWHERE = Region.of("us-east-1");
    private static final AwsBasicCredentials NOBODY = AwsBasicCredentials.create(ANYTHING, ANYTHING);

    private WarmUp() {}

    /** For {@link Secret}. */
    public static void secrets() {
        try (SecretsManagerClient client = SecretsManagerClient.builder()
                .endpointOverride(URI.create("http://127.0.0.1:1"))
                .region(ANYWHERE)
                .credentialsProvider(StaticCredentialsProvider.create(NOBODY))
                .httpClientBuilder(UrlConnectionHttpClient.builder())
                .overrideConfiguration(override -> override.retryStrategy(retry -> retry.maxAttempts(1)))
                .build()) {
            client.getSecretValue(request -> request.secretId(ANYTHING));
        } catch (SdkException nobodyAnswers) {
            // As intended.
        }
    }

    /** For {@link DatabaseToken}. */
    public static void tokens() {
        DatabaseToken.of("jdbc:postgresql://127.0.0.1/none?sslmode=require", ANYTHING, Clock.systemUTC())
                .sign(NOBODY, ANYWHERE.id());
    }
}
