package io.walpost.relay.runtime;

import io.walpost.aws.credentials.WarmUp;
import io.walpost.relay.replication.PasswordSource;
import java.util.Locale;
import java.util.Optional;

/** How the relay's role logs in to the database. */
enum Login {
    /** With {@code walpost.relay.postgres.password}, or with nothing. */
    PASSWORD,
    /** With what a secret of AWS Secrets Manager holds. */
    SECRET,
    /** With tokens of IAM database authentication. */
    IAM;

    private static final String PREFIX = "walpost.relay.postgres.";

    /** @throws IllegalArgumentException naming the settings that do not go together */
    static PasswordSource source(RelayConfig.Postgres postgres, String url, String user) {
        Login login = Choice.of(Login.class, postgres.login(), PREFIX + "login");
        if (login != PASSWORD && postgres.password().isPresent()) {
            throw unused("password", login);
        }
        if (login != SECRET && postgres.secret().isPresent()) {
            throw unused("secret", login);
        }
        return switch (login) {
            case PASSWORD -> PasswordSource.of(postgres.password().orElse(""));
            case SECRET -> secret(postgres.secret(), user);
            case IAM -> iam(url, user);
        };
    }

    /** Loads what logging in takes, and asks nobody. Nothing, if the settings are wrong, which others say. */
    static void warmUp(RelayConfig.Postgres postgres) {
        switch (postgres.login().trim().toLowerCase(Locale.ROOT)) {
            case "secret" -> WarmUp.secrets();
            case "iam" -> WarmUp.tokens();
            default -> {}
        }
    }

    private static PasswordSource secret(Optional<String> secret, String user) {
        return SecretPassword.of(
                secret.filter(id -> !id.isBlank())
                        .orElseThrow(() -> new IllegalArgumentException(
                                PREFIX + "secret is missing: with " + PREFIX + "login=secret it names the secret")),
                user);
    }

    private static PasswordSource iam(String url, String user) {
        try {
            return TokenPassword.of(url, user);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(PREFIX + "url: " + e.getMessage(), e);
        }
    }

    private static IllegalArgumentException unused(String setting, Login login) {
        return new IllegalArgumentException(
                PREFIX + setting + " is set, and " + PREFIX + "login=" + login.word() + " makes no use of it");
    }

    private String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
