package io.walpost.relay.replication;

import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Which log to read, and how.
 *
 * @param url a JDBC URL of PostgreSQL; its parameters (TLS among them) apply to every connection
 * @param user the role, which needs REPLICATION
 * @param password may be empty
 * @param slot the replication slot; lower-case letters, digits and underscores, at most 63
 * @param publication the publication to read
 * @param tables the outbox tables; at least one
 * @param timeout how long the server may stay silent before the connection is given up; positive
 */
public record PostgresSettings(
        String url,
        String user,
        String password,
        String slot,
        String publication,
        List<TableName> tables,
        Duration timeout) {

    /** What PostgreSQL allows ("Replication Slots": lower-case letters, numbers, and the underscore). */
    private static final Pattern SLOT_NAME = Pattern.compile("[a-z0-9_]{1,63}");

    private static final int MAX_IDENTIFIER_BYTES = 63;

    /** @throws IllegalArgumentException naming the setting that is wrong, and what it should be */
    public PostgresSettings {
        if (!url.startsWith("jdbc:postgresql:")) {
            throw new IllegalArgumentException(
                    "walpost.relay.postgres.url must begin with jdbc:postgresql:, as in jdbc:postgresql://db:5432/orders");
        }
        if (!SLOT_NAME.matcher(slot).matches()) {
            throw new IllegalArgumentException("walpost.relay.slot '" + slot
                    + "' may hold only lower-case letters, digits and underscores, at most 63 of them");
        }
        if (publication.isBlank()
                || publication.getBytes(java.nio.charset.StandardCharsets.UTF_8).length > MAX_IDENTIFIER_BYTES) {
            throw new IllegalArgumentException("walpost.relay.publication must be a name of 1 to 63 bytes");
        }
        if (tables.isEmpty()) {
            throw new IllegalArgumentException("walpost.relay.tables must name at least one table as schema.table");
        }
        if (timeout.compareTo(Duration.ofSeconds(1)) < 0) {
            throw new IllegalArgumentException("walpost.relay.postgres.timeout must be at least 1s");
        }
        tables = List.copyOf(tables);
    }

    /** Leaves out the password, and the URL, which may hold one. */
    @Override
    public String toString() {
        return "PostgresSettings[slot=" + slot + ", publication=" + publication + ", tables=" + tables + "]";
    }
}
