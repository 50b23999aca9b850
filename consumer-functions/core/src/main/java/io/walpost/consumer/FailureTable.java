package io.walpost.consumer;

import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Which exception is which kind of failure. */
final class FailureTable {

    /** By SQLSTATE or its first two characters, the class (PostgreSQL manual, appendix A); the longer one wins. */
    private static final Map<String, Failure> BY_SQL_STATE = Map.ofEntries(
            Map.entry("08", Failure.DATABASE_UNREACHABLE), // connection exception
            Map.entry("22", Failure.INVALID_DATA), // data exception
            Map.entry("23", Failure.CONSTRAINT_VIOLATION), // integrity constraint violation
            Map.entry("25006", Failure.DATABASE_READ_ONLY), // read-only transaction, as on a standby
            Map.entry("25P03", Failure.DATABASE_STOPPING), // idle in transaction for too long
            Map.entry("25P04", Failure.DATABASE_STOPPING), // transaction_timeout
            Map.entry("26", Failure.DATABASE_SESSION), // no such prepared statement
            Map.entry("28", Failure.DATABASE_NOT_PREPARED), // invalid authorization
            Map.entry("3D", Failure.DATABASE_NOT_PREPARED), // invalid catalog name: no such database
            Map.entry("3F", Failure.DATABASE_NOT_PREPARED), // invalid schema name
            Map.entry("40", Failure.DATABASE_CONFLICT), // serialization failure, deadlock
            Map.entry("42", Failure.DATABASE_NOT_PREPARED), // no such table or column, no grant
            Map.entry("53", Failure.DATABASE_EXHAUSTED), // insufficient resources
            Map.entry("55006", Failure.DATABASE_CONFLICT), // object in use
            Map.entry("55P03", Failure.DATABASE_CONFLICT), // lock not available
            Map.entry("57", Failure.DATABASE_STOPPING), // operator intervention
            Map.entry("58", Failure.DATABASE_EXHAUSTED), // system error: I/O, files
            Map.entry("XX001", Failure.DATABASE_CORRUPTED), // data corrupted
            Map.entry("XX002", Failure.DATABASE_CORRUPTED)); // index corrupted

    private static final int CLASS_LENGTH = 2;

    private FailureTable() {}

    static Failure classify(Throwable thrown) {
        Deque<Throwable> ahead = new ArrayDeque<>();
        Set<Throwable> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        Failure fallback = Failure.UNKNOWN;
        ahead.add(thrown);
        while (!ahead.isEmpty()) {
            Throwable next = ahead.remove();
            if (!seen.add(next)) {
                continue;
            }
            Optional<Failure> known = lookUp(next);
            if (known.isPresent()) {
                return known.get();
            }
            if (next instanceof SQLException sql && sql.getSQLState() == null) {
                // The pool's: no connection could be had. Whatever a server reports has a state.
                fallback = Failure.DATABASE_UNREACHABLE;
            }
            if (next.getCause() != null) {
                ahead.add(next.getCause());
            }
            ahead.addAll(Arrays.asList(next.getSuppressed()));
        }
        return fallback;
    }

    static String describe(Failure failure, Throwable thrown) {
        return switch (failure) {
            // The server quotes values of the event in its messages about them, and who knows what others quote.
            case INVALID_DATA, CONSTRAINT_VIOLATION, TRANSACTION_TIMEOUT, UNKNOWN -> nameOf(thrown);
            default -> nameOf(thrown) + ": " + thrown.getMessage();
        };
    }

    private static String nameOf(Throwable thrown) {
        String name = thrown.getClass().getSimpleName();
        return thrown instanceof SQLException sql && sql.getSQLState() != null
                ? name + " (SQLSTATE " + sql.getSQLState() + ")"
                : name;
    }

    private static Optional<Failure> lookUp(Throwable thrown) {
        return switch (thrown) {
            case MalformedRecordException malformed -> Optional.of(Failure.MALFORMED_RECORD);
            case UnprocessableEventException unprocessable -> Optional.of(Failure.UNPROCESSABLE_EVENT);
            case SinkException sink -> Optional.of(sink.kind());
            case ParkedException parked -> Optional.of(Failure.PARKED);
            case TransactionTimeoutException timeout -> Optional.of(Failure.TRANSACTION_TIMEOUT);
            // Unlike its kin it is the event's: a payload that is nested too deeply for whoever reads it.
            case StackOverflowError overflow -> Optional.empty();
            case VirtualMachineError broken -> Optional.of(Failure.PROCESS_BROKEN);
            case LinkageError broken -> Optional.of(Failure.PROCESS_BROKEN);
            case InterruptedException interrupted -> Optional.of(Failure.STOPPED);
            case SQLException sql when sql.getSQLState() != null -> lookUp(sql.getSQLState());
            default -> Optional.empty();
        };
    }

    private static Optional<Failure> lookUp(String sqlState) {
        Failure exact = BY_SQL_STATE.get(sqlState);
        if (exact != null || sqlState.length() < CLASS_LENGTH) {
            return Optional.ofNullable(exact);
        }
        return Optional.ofNullable(BY_SQL_STATE.get(sqlState.substring(0, CLASS_LENGTH)));
    }
}
