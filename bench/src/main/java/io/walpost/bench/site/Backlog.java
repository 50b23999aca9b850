package io.walpost.bench.site;

/**
 * Events that are committed before anyone reads them.
 *
 * @param events how many
 * @param rowsPerTransaction how many of them one transaction commits
 * @param payloadBytes how long each payload is
 * @param writing how an event gets into the log
 */
public record Backlog(int events, int rowsPerTransaction, int payloadBytes, Writing writing) {

    /** Rows of the outbox table. */
    public static Backlog ofRows(int events, int rowsPerTransaction, int payloadBytes) {
        return new Backlog(events, rowsPerTransaction, payloadBytes, Writing.ROWS);
    }

    /** Logical messages, without a table. */
    public static Backlog ofMessages(int events, int messagesPerTransaction, int payloadBytes) {
        return new Backlog(events, messagesPerTransaction, payloadBytes, Writing.MESSAGES);
    }

    /** How an event gets into the log. */
    public enum Writing {
        ROWS,
        MESSAGES
    }
}
