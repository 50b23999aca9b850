package io.walpost.consumer.deadletter;

import io.walpost.consumer.Failure;

/** The statements of a replay. In them, a queue is the unresolved letters of one key, or one letter that has no key. */
final class ReplaySql {

    /** The queues; {@code %1$s} is the selection, {@code %2$s} what is parked. */
    private static final String OPEN = """
            (SELECT letter.id, letter.topic, letter.partition, letter."offset", sha256(letter.key) AS hash,
                CASE WHEN letter.key IS NULL THEN letter.id END AS alone,
                %1$s AS is_selected, letter.failure = '%2$s' AS is_parked
            FROM walpost_dead_letter letter WHERE letter.consumer = ? AND letter.resolved_at IS NULL) AS open
            WINDOW queue AS (PARTITION BY topic, hash, alone ORDER BY partition, "offset")""";

    /**
     * The letters that a replay hands over if all succeed: from the head of each queue that is selected, for as long as
     * they are selected too, or only parked, in the order in which it does so. {@code %1$s} is the queues, {@code %2$s} the
     * columns, {@code %3$s} a further condition.
     */
    private static final String PLAN = """
            SELECT %2$s FROM walpost_dead_letter letter JOIN (
                SELECT id, first_value(is_selected) OVER queue AS is_begun, first_value(id) OVER queue AS head,
                    bool_and(is_selected OR is_parked) OVER queue AS is_reached, row_number() OVER queue AS number
                FROM %1$s) AS plan USING (id)
            WHERE plan.is_begun AND plan.is_reached AND %3$s
            ORDER BY plan.head, plan.number
            """;

    /**
     * The letters that are selected and that a replay does not reach: how many, the first, and what that one is behind. A
     * replay ends before a letter that is neither selected nor parked behind another.
     */
    private static final String WAITING = """
            SELECT count(*) OVER (), id, barrier FROM (
                SELECT id, is_selected, is_barred, first_value(id) OVER (
                    PARTITION BY topic, hash, alone ORDER BY is_barrier DESC, partition, "offset") AS barrier
                FROM (SELECT *, bool_or(is_barrier) OVER queue AS is_barred FROM (
                    SELECT *, NOT is_selected AND (NOT is_parked OR row_number() OVER queue = 1) AS is_barrier
                    FROM %1$s) AS open
                    WINDOW queue AS (PARTITION BY topic, hash, alone ORDER BY partition, "offset")) AS barred) AS waiting
            WHERE is_selected AND is_barred
            ORDER BY id LIMIT 1
            """;

    /** Nothing if the letter is resolved, if somebody has it, or if it is not the head of its queue any more. */
    static final String LOCK = "SELECT " + LetterRow.WHOLE + """

            FROM walpost_dead_letter letter
            WHERE letter.id = ? AND letter.resolved_at IS NULL AND NOT EXISTS (
                SELECT FROM walpost_dead_letter older
                WHERE older.consumer = letter.consumer AND older.topic = letter.topic
                  AND sha256(older.key) = sha256(letter.key) AND older.key = letter.key AND older.resolved_at IS NULL
                  AND (older.partition, older."offset") < (letter.partition, letter."offset"))
            FOR UPDATE OF letter SKIP LOCKED
            """;

    /** The head of a queue, and whether a replay goes on with it. */
    private static final String NEXT =
            "SELECT letter.id, %1$s OR letter.failure = '%2$s' FROM walpost_dead_letter letter"
                    + " WHERE " + LetterSql.KEY_IS
                    + " AND letter.resolved_at IS NULL ORDER BY letter.partition, letter.\"offset\" LIMIT 1";

    static final String IS_OPEN = "SELECT FROM walpost_dead_letter WHERE id = ? AND resolved_at IS NULL";

    static final String REPLAYED = """
            UPDATE walpost_dead_letter SET retry_count = retry_count + 1, last_retry_at = clock_timestamp(),
                resolved_at = clock_timestamp(), resolution = 'replayed', reason = NULL WHERE id = ?
            """;

    static final String FAILED = """
            UPDATE walpost_dead_letter SET failure = ?, hint = ?, error_class = ?, error_message = ?,
                retry_count = retry_count + 1, last_retry_at = clock_timestamp() WHERE id = ?
            """;

    private ReplaySql() {}

    static String heads(LetterCondition selection) {
        return PLAN.formatted(open(selection), "letter.id", "plan.number = 1");
    }

    static String plan(LetterCondition selection) {
        return PLAN.formatted(open(selection), LetterRow.SUMMARY, "true") + " LIMIT ?";
    }

    static String waiting(LetterCondition selection) {
        return WAITING.formatted(open(selection));
    }

    private static String open(LetterCondition selection) {
        return OPEN.formatted(selection.sql(), Failure.PARKED.label());
    }

    static String next(LetterCondition selection) {
        return NEXT.formatted(selection.sql(), Failure.PARKED.label());
    }
}
