package io.walpost.relay.replication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.walpost.relay.failure.FailureKind;
import io.walpost.relay.failure.RelayException;
import io.walpost.relay.testing.OutboxDatabase;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A role whose password changes, on a real server. */
class PasswordSourceTest {

    private final OutboxDatabase database = OutboxDatabase.bare();
    private final String role = "role_" + database.name();
    private final Scripted passwords = new Scripted();

    @BeforeEach
    void create() {
        database.execute("CREATE ROLE " + role + " LOGIN REPLICATION PASSWORD 'first'");
    }

    @AfterEach
    void close() {
        database.execute("DROP ROLE " + role);
        database.close();
    }

    @Test
    void isAskedWheneverAConnectionIsMade() throws Exception {
        passwords.known("first");
        connect();
        connect();
        database.execute("ALTER ROLE " + role + " PASSWORD 'second'");
        passwords.known("second");
        connect();

        assertThat(passwords.asked).isEqualTo(3);
        assertThat(passwords.refused).isEmpty();
    }

    @Test
    void isAskedAgainOnceWhenItIsRefused() throws Exception {
        database.execute("ALTER ROLE " + role + " PASSWORD 'second'");
        passwords.known("first").other("second");

        connect();

        assertThat(passwords.refused).containsExactly("first");
    }

    @Test
    void isRefusedForGoodWhenTheOtherIsTooOrThereIsNone() {
        passwords.known("wrong").other("wrong as well").other("first");
        assertThat(failure()).isEqualTo(FailureKind.AUTHENTICATION);
        assertThat(passwords.refused).containsExactly("wrong");

        passwords.others.clear();
        assertThat(failure()).isEqualTo(FailureKind.AUTHENTICATION);
    }

    @Test
    void saysItselfWhyItHasNone() {
        PasswordSource broken = () -> {
            throw new RelayException(FailureKind.DATABASE_UNAVAILABLE, "nobody answers");
        };
        assertThatExceptionOfType(RelayException.class)
                .isThrownBy(() -> DatabaseIdentity.of(settings(broken)))
                .withMessage("nobody answers");
    }

    @Test
    void isNotSeenWhereSettingsAre() {
        assertThat(PasswordSource.of("hidden").toString()).doesNotContain("hidden");
        assertThat(settings(PasswordSource.of("hidden")).toString()).doesNotContain("hidden");
    }

    private void connect() throws RelayException {
        assertThat(DatabaseIdentity.of(settings(passwords)).name()).isEqualTo(database.name());
    }

    private FailureKind failure() {
        try {
            connect();
        } catch (RelayException e) {
            assertThat(e).hasMessageNotContaining("wrong");
            return e.kind();
        }
        throw new AssertionError("It was not refused");
    }

    private PostgresSettings settings(PasswordSource source) {
        PostgresSettings admin = database.settings();
        return new PostgresSettings(
                admin.url(),
                role,
                source,
                admin.slot(),
                admin.publication(),
                admin.tables(),
                Optional.empty(),
                List.of(),
                admin.timeout());
    }

    /** Gives what it was told to, and notes what it is asked. */
    private static final class Scripted implements PasswordSource {

        private String known;
        private final Deque<String> others = new ArrayDeque<>();
        private int asked;
        private final List<String> refused = new ArrayList<>();

        Scripted known(String password) {
            known = password;
            return this;
        }

        Scripted other(String password) {
            others.add(password);
            return this;
        }

        @Override
        public String password() {
            asked++;
            return known;
        }

        @Override
        public Optional<String> insteadOf(String password) {
            refused.add(password);
            return Optional.ofNullable(others.poll());
        }
    }
}
