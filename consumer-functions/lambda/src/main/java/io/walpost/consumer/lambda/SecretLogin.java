package io.walpost.consumer.lambda;

import io.walpost.aws.credentials.CredentialsException;
import io.walpost.aws.credentials.Secret;
import io.walpost.aws.credentials.SecretValue;
import io.walpost.consumer.Failure;
import io.walpost.consumer.SinkException;
import io.walpost.consumer.SinkLogin;
import jakarta.inject.Singleton;
import java.util.Optional;

/** The login of the function's sink, out of AWS Secrets Manager. Nobody is asked before a connection needs it. */
@Singleton
class SecretLogin implements SinkLogin {

    private final Optional<Secret> secret;

    SecretLogin(LambdaSettings settings) {
        this.secret = settings.sinkSecret().map(Secret::new);
    }

    @Override
    public Optional<Credentials> credentials() throws SinkException {
        if (secret.isEmpty()) {
            return Optional.empty();
        }
        try {
            SecretValue value = secret.get().current();
            return Optional.of(new Credentials(value.user(), value.password()));
        } catch (CredentialsException e) {
            throw new SinkException(Failure.SINK_UNREACHABLE, e.getMessage() + ". " + e.hint(), e);
        }
    }
}
