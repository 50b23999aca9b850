package io.walpost.sample.orders.api;

import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The database failing in a way that passes by itself.
 *
 * @param kind what it means for the request
 * @param cause what the database, its driver or the connection pool said
 */
record DatabaseFailure(Kind kind, SQLException cause) {

    /** What a failure means for the request. */
    enum Kind {
        /** The answer to a COMMIT can be what was lost. */
        UNREACHABLE(
                "database-unreachable",
                "the database does not answer; if the request was a change, read the order to see whether it was made"
                        + " before trying again"),

        /** The server itself rolled the transaction back. */
        BUSY("database-busy", "other changes were in the way for too long; nothing was changed: try again");

        private final String error;
        private final String message;

        Kind(String error, String message) {
            this.error = error;
            this.message = message;
        }

        String error() {
            return error;
        }

        String message() {
            return message;
        }

        /** By SQLSTATE (PostgreSQL manual, appendix A). Only the connection pool's own exceptions have none. */
        private static Optional<Kind> of(String sqlState) {
            if (sqlState == null) {
                return Optional.of(UNREACHABLE);
            }
            return switch (sqlState) {
                // serialization_failure, deadlock_detected, lock_not_available, query_canceled
                case "40001", "40P01", "55P03", "57014" -> Optional.of(BUSY);
                // admin_shutdown, crash_shutdown, cannot_connect_now, too_many_connections
                case "57P01", "57P02", "57P03", "53300" -> Optional.of(UNREACHABLE);
                // connection_exception
                default -> sqlState.startsWith("08") ? Optional.of(UNREACHABLE) : Optional.empty();
            };
        }
    }

    /** Looks among causes and suppressed exceptions: the transaction manager wraps a failed commit in either way. */
    static Optional<DatabaseFailure> in(Throwable failure) {
        Set<Throwable> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        Deque<Throwable> open = new ArrayDeque<>();
        open.add(failure);
        while (!open.isEmpty()) {
            Throwable next = open.remove();
            if (!seen.add(next)) {
                continue;
            }
            if (next instanceof SQLException e) {
                Optional<Kind> kind = Kind.of(e.getSQLState());
                if (kind.isPresent()) {
                    return Optional.of(new DatabaseFailure(kind.get(), e));
                }
            }
            if (next.getCause() != null) {
                open.add(next.getCause());
            }
            open.addAll(List.of(next.getSuppressed()));
        }
        return Optional.empty();
    }
}
