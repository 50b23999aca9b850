package io.walpost.consumer;

import java.sql.SQLException;

/** What became of one step of {@link InboxPartitions}. */
enum InboxAnswer {
    DONE,
    /** There was a reason not to. The next step may be done. */
    NOT_DONE,
    TOOK_TOO_LONG,
    OTHERS_ARE_IN_THE_WAY,
    NOT_PERMITTED;

    /**
     * What a failure means ("PostgreSQL Error Codes" in its manual).
     *
     * @throws SQLException the failure, if it is of no kind that is to be expected
     */
    static InboxAnswer of(SQLException failure) throws SQLException {
        return switch (String.valueOf(failure.getSQLState())) {
            // Lock not available, deadlock detected.
            case "55P03", "40P01" -> OTHERS_ARE_IN_THE_WAY;
            // Query canceled.
            case "57014" -> TOOK_TOO_LONG;
            // Check violation: of a claim in between. Undefined or duplicate object: of another instance, which is at
            // the
            // same day, or has taken the constraint for one that was left.
            case "23514", "42704", "42710" -> NOT_DONE;
            // Insufficient privilege.
            case "42501" -> NOT_PERMITTED;
            default -> throw failure;
        };
    }
}
