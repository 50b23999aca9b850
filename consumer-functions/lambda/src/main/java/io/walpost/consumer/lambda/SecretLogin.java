package io.walpost.consumer.lambda;

import io.walpost.aws.credentials.CredentialsException;
import io.walpost.aws.credentials.Secret;
import io.walpost.aws.credentials.SecretValue;
import io.walpost.consumer.Failure;
import io.walpost.consumer.SinkException;
import io.walpost.consumer.SinkLogin;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The login of the function's sink, out of AWS Secrets Manager. Nobody is asked before a connection needs it.
 *
 * <p>An attempt may be begun just before {@code walpost.consumer.lambda.margin}, and the question is a part of it; the SDK's
 * own attempts take up to ten seconds. So the answer is waited for with a limit. Partitions that need it at the same time
 * share a question, and whoever comes while one is still open waits for that one.
 */
@Singleton
class SecretLogin implements SinkLogin {

    private static final Duration LIMIT = Duration.ofSeconds(3);

    private final Optional<Secret> secret;
    private final Duration limit;
    private CompletableFuture<Credentials> question = CompletableFuture.completedFuture(null);

    @Inject
    SecretLogin(LambdaSettings settings) {
        this(settings.sinkSecret(), LIMIT);
    }

    SecretLogin(Optional<String> secret, Duration limit) {
        this.secret = secret.map(Secret::new);
        this.limit = limit;
    }

    @Override
    public boolean isConfigured() {
        return secret.isPresent();
    }

    @Override
    public Optional<Credentials> credentials() throws SinkException {
        return secret.isEmpty() ? Optional.empty() : Optional.of(answer(secret.get()));
    }

    private Credentials answer(Secret asked) throws SinkException {
        try {
            return ask(asked).get(limit.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            throw new SinkException(
                    Failure.SINK_UNREACHABLE,
                    "The secret " + asked + " could not be read within " + limit.toMillis() + " ms. "
                            + "Can Secrets Manager be reached, by an endpoint of the VPC or by NAT?",
                    e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SinkException(Failure.STOPPED, "Interrupted while the secret " + asked + " was read", e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof CredentialsException refusal) {
                throw new SinkException(
                        Failure.SINK_UNREACHABLE, refusal.getMessage() + ". " + refusal.hint(), refusal);
            }
            throw new IllegalStateException("Reading the secret " + asked + " failed", e.getCause());
        }
    }

    private synchronized CompletableFuture<Credentials> ask(Secret asked) {
        if (question.isDone()) {
            question = CompletableFuture.supplyAsync(
                    () -> read(asked),
                    task -> Thread.ofPlatform().name("sink-secret").daemon().start(task));
        }
        return question;
    }

    private static Credentials read(Secret asked) {
        try {
            SecretValue value = asked.current();
            return new Credentials(value.user(), value.password());
        } catch (CredentialsException e) {
            throw new CompletionException(e);
        }
    }
}
