package io.walpost.relay.replication;

import io.walpost.relay.failure.FailureKind;
import io.walpost.relay.failure.RelayException;
import java.sql.SQLException;

/** What PostgreSQL's error codes mean for the relay (PostgreSQL manual, appendix "PostgreSQL Error Codes"). */
final class SqlFailure {

    private static final String UNDEFINED_OBJECT = "42704";
    private static final String OBJECT_IN_USE = "55006";
    private static final String FEATURE_NOT_SUPPORTED = "0A000";
    private static final String INSUFFICIENT_PRIVILEGE = "42501";
    private static final String INVALID_CATALOG_NAME = "3D000";
    private static final String INVALID_AUTHORIZATION_CLASS = "28";

    private SqlFailure() {}

    static RelayException of(SQLException cause, String doing, PostgresSettings settings) {
        FailureKind kind = kindOf(cause);
        String message = doing + " (slot " + settings.slot() + ") failed: " + describe(cause);
        return INVALID_CATALOG_NAME.equals(cause.getSQLState())
                ? new RelayException(kind, message, cause, "Correct the database in walpost.relay.postgres.url.")
                : new RelayException(kind, message, cause);
    }

    /** While reading, the server looks names up as they were when the log was written. */
    static RelayException whileReading(SQLException cause, PostgresSettings settings) {
        if (UNDEFINED_OBJECT.equals(cause.getSQLState())) {
            return new RelayException(
                    FailureKind.PRECONDITION,
                    "The log of slot " + settings.slot()
                            + " has come to changes that were written while the publication "
                            + settings.publication() + " did not exist (" + describe(cause)
                            + "). Creating it now does not help with those. Make a new slot, and publish what lies between"
                            + " again from the outbox table:\n    SELECT pg_drop_replication_slot("
                            + Sql.literal(settings.slot()) + "); SELECT pg_create_logical_replication_slot("
                            + Sql.literal(settings.slot()) + ", 'pgoutput');",
                    cause);
        }
        return of(cause, "Reading the log", settings);
    }

    static FailureKind kindOf(SQLException cause) {
        String state = cause.getSQLState();
        if (state == null) {
            return FailureKind.DATABASE_UNAVAILABLE;
        }
        return switch (state) {
            case OBJECT_IN_USE -> FailureKind.SLOT_BUSY;
            case UNDEFINED_OBJECT, INVALID_CATALOG_NAME, INSUFFICIENT_PRIVILEGE -> FailureKind.PRECONDITION;
            // A protocol version that the server lacks; from older servers also that it is a standby, which may pass.
            case FEATURE_NOT_SUPPORTED -> FailureKind.PROTOCOL;
            default ->
                state.startsWith(INVALID_AUTHORIZATION_CLASS)
                        ? FailureKind.AUTHENTICATION
                        : FailureKind.DATABASE_UNAVAILABLE;
        };
    }

    /** The server's own words, without the detail lines, which may quote data. */
    private static String describe(SQLException cause) {
        String message = String.valueOf(cause.getMessage()).lines().findFirst().orElse("");
        return cause.getSQLState() == null ? message : message + " [" + cause.getSQLState() + "]";
    }
}
