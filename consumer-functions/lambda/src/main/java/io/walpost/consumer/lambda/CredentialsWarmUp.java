package io.walpost.consumer.lambda;

import io.quarkus.runtime.StartupEvent;
import io.walpost.aws.credentials.WarmUp;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Has the classes that ask AWS for passwords loaded before the snapshot. Asks nobody, and keeps nothing. */
@Singleton
class CredentialsWarmUp {

    void atStart(
            @Observes StartupEvent start,
            @ConfigProperty(name = "quarkus.datasource.credentials-provider-name") Optional<String> provider,
            LambdaSettings settings) {
        if (settings.sinkSecret().isPresent()) {
            WarmUp.secrets();
        }
        switch (provider.orElse("")) {
            case AwsSecretCredentials.NAME -> WarmUp.secrets();
            case AwsIamCredentials.NAME -> WarmUp.tokens();
            default -> {}
        }
    }
}
