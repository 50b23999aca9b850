package io.walpost.relay.replication;

import io.walpost.relay.failure.FailureKind;
import io.walpost.relay.failure.Finding;
import io.walpost.relay.failure.RelayException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.postgresql.PGConnection;

/**
 * Prepares a database with the rights of an administrator, as an explicit step; a relay's own start changes nothing.
 * Owned by one thread.
 */
public final class DatabaseSetup implements AutoCloseable {

    private static final String REFUSED =
            "Check --admin-user and the password (WALPOST_ADMIN_PASSWORD, or as typed), and that pg_hba.conf admits"
                    + " the administrator to this database.";

    private final PostgresSettings relay;
    private final SetupOptions options;
    private final Connection connection;

    private DatabaseSetup(PostgresSettings relay, SetupOptions options, Connection connection) {
        this.relay = relay;
        this.options = options;
        this.connection = connection;
    }

    /**
     * @param relay what the relay will read, and as whom
     * @param admin the same with the login of an administrator
     */
    public static DatabaseSetup connect(PostgresSettings relay, PostgresSettings admin, SetupOptions options)
            throws RelayException {
        try {
            return new DatabaseSetup(relay, options, PgConnections.forSql(admin));
        } catch (SQLException e) {
            RelayException failure = SqlFailure.of(e, "Connecting as " + admin.user(), admin);
            // The kind's own hint is about the relay's login.
            throw failure.kind() == FailureKind.AUTHENTICATION
                    ? new RelayException(failure.kind(), failure.getMessage(), e, REFUSED)
                    : failure;
        }
    }

    /**
     * What is there, and what is to be made, in this order.
     *
     * @throws RelayException of kind {@link FailureKind#PRECONDITION} if something is in the way that a setup must not
     *     change, with its mend
     */
    public List<SetupStep> plan() throws RelayException {
        try {
            requireFoundation();
            return new SetupPlan(connection, relay, options).steps();
        } catch (SQLException e) {
            throw SqlFailure.of(e, "Looking at the database", relay);
        }
    }

    /** The tables are the application's, and the server's settings need a restart. */
    private void requireFoundation() throws SQLException, RelayException {
        require(TableCheck.findings(connection, relay));
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT current_setting('wal_level')")) {
            row.next();
            if (!"logical".equals(row.getString(1))) {
                require(List.of(ServerCheck.walLevel(row.getString(1))));
            }
        }
    }

    static void require(List<Finding> findings) throws RelayException {
        if (!findings.isEmpty()) {
            throw new RelayException(
                    FailureKind.PRECONDITION,
                    findings.stream().map(Finding::toString).collect(Collectors.joining("\n")));
        }
    }

    /**
     * Makes one thing, in a transaction of its own; a new role gets the relay's password, of which the server is sent
     * only the SCRAM verifier.
     *
     * @throws RelayException of kind {@link FailureKind#CONFIGURATION} if it is a role that needs a password, and there is
     *     none; nothing is made then
     */
    public void apply(SetupStep step) throws RelayException {
        // Before the role, which the next setup would find and leave as it is.
        Optional<String> password = step.makesRole() ? passwordOfRole() : Optional.empty();
        try (Statement statement = connection.createStatement()) {
            statement.execute(step.sql());
            if (password.isPresent()) {
                connection
                        .unwrap(PGConnection.class)
                        .alterUserPassword(relay.user(), password.get().toCharArray(), "scram-sha-256");
            }
        } catch (SQLException e) {
            throw SqlFailure.of(e, "Making " + step.subject(), relay);
        }
    }

    /** Empty for a role that logs in by tokens. */
    private Optional<String> passwordOfRole() throws RelayException {
        if (!relay.password().isLasting()) {
            return Optional.empty();
        }
        String password = relay.password().password();
        if (password.isEmpty()) {
            throw new RelayException(
                    FailureKind.CONFIGURATION,
                    "The role " + relay.user() + " would be made without a password, so it could not log in",
                    null,
                    "Set walpost.relay.postgres.password. For a role that logs in some other way, as with a client"
                            + " certificate, make it before, as setup --sql prints it, and leave out --create-role.");
        }
        return Optional.of(password);
    }

    @Override
    public void close() {
        PgReplicationStream.closeQuietly(connection);
    }
}
