package io.walpost.relay.replication;

import io.walpost.relay.capture.CaptureSettings;
import io.walpost.relay.capture.HeaderColumn;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.postgresql.Driver;
import org.postgresql.PGProperty;
import org.postgresql.jdbc.SslMode;
import org.postgresql.util.PSQLException;

/**
 * Which log to read, and how.
 *
 * @param url a JDBC URL of PostgreSQL; its parameters (TLS among them) apply to every connection
 * @param user the role, which needs REPLICATION
 * @param password the role's; asked for whenever a connection is made
 * @param slot the replication slot; lower-case letters, digits and underscores, at most 63
 * @param publication the publication to read
 * @param tables the outbox tables; none only if messages are captured
 * @param messagePrefix the prefix of the logical messages that are events; empty if none are
 * @param headers the columns that become headers
 * @param timeout how long the server may stay silent before the connection is given up; positive
 */
public record PostgresSettings(
        String url,
        String user,
        PasswordSource password,
        String slot,
        String publication,
        List<TableName> tables,
        Optional<String> messagePrefix,
        List<HeaderColumn> headers,
        Duration timeout) {

    /** What PostgreSQL allows ("Replication Slots": lower-case letters, numbers, and the underscore). */
    private static final Pattern SLOT_NAME = Pattern.compile("[a-z0-9_]{1,63}");

    private static final int MAX_IDENTIFIER_BYTES = 63;

    /** Held, as a logger that is gone forgets its level. */
    private static final Logger DRIVER = Logger.getLogger(Driver.class.getName());

    static {
        // It tells the URL, which may hold a password: each at FINE, and one that it cannot read at WARNING.
        DRIVER.setLevel(Level.SEVERE);
    }

    /** @throws IllegalArgumentException naming the setting that is wrong, and what it should be */
    public PostgresSettings {
        requireUsable(url);
        if (!SLOT_NAME.matcher(slot).matches()) {
            throw new IllegalArgumentException("walpost.relay.slot '" + slot
                    + "' may hold only lower-case letters, digits and underscores, at most 63 of them");
        }
        if (publication.isBlank() || publication.getBytes(StandardCharsets.UTF_8).length > MAX_IDENTIFIER_BYTES) {
            throw new IllegalArgumentException("walpost.relay.publication must be a name of 1 to 63 bytes");
        }
        if (timeout.compareTo(Duration.ofSeconds(1)) < 0) {
            throw new IllegalArgumentException("walpost.relay.postgres.timeout must be at least 1s");
        }
        tables = List.copyOf(tables);
        headers = List.copyOf(headers);
        capture(tables, messagePrefix, headers);
    }

    /** Settings that capture rows of these tables and nothing else, as a role whose password, if any, does not change. */
    public PostgresSettings(
            String url,
            String user,
            String password,
            String slot,
            String publication,
            List<TableName> tables,
            Duration timeout) {
        this(url, user, PasswordSource.of(password), slot, publication, tables, Optional.empty(), List.of(), timeout);
    }

    /** What of the log is an event. */
    public CaptureSettings capture() {
        return capture(tables, messagePrefix, headers);
    }

    private static CaptureSettings capture(
            List<TableName> tables, Optional<String> messagePrefix, List<HeaderColumn> headers) {
        return new CaptureSettings(
                tables.stream().map(TableName::toString).collect(Collectors.toUnmodifiableSet()),
                messagePrefix,
                headers);
    }

    /** Says nothing of the URL itself, which may hold a password. */
    private static void requireUsable(String url) {
        Properties parsed = Driver.parseURL(url, null);
        if (parsed == null) {
            throw new IllegalArgumentException(
                    "walpost.relay.postgres.url is not a JDBC URL of PostgreSQL, as in jdbc:postgresql://db:5432/orders");
        }
        try {
            SslMode.of(parsed);
        } catch (PSQLException e) {
            throw new IllegalArgumentException("walpost.relay.postgres.url: " + e.getMessage(), e);
        }
    }

    /** The database that the URL names. */
    public String database() {
        return PGProperty.PG_DBNAME.getOrDefault(Driver.parseURL(url, null));
    }

    /** The same slot, publication and tables, seen by another role, perhaps by another way. */
    public PostgresSettings as(String otherUrl, String otherUser, String otherPassword) {
        return new PostgresSettings(
                otherUrl,
                otherUser,
                PasswordSource.of(otherPassword),
                slot,
                publication,
                tables,
                messagePrefix,
                headers,
                timeout);
    }

    /** Leaves out the password, and the URL, which may hold one. */
    @Override
    public String toString() {
        return "PostgresSettings[slot=" + slot + ", publication=" + publication + ", tables=" + tables
                + ", messagePrefix=" + messagePrefix.orElse("none") + "]";
    }
}
