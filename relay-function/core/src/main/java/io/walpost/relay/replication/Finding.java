package io.walpost.relay.replication;

/**
 * Something about the database that is not as the relay needs or wants it.
 *
 * @param problem one sentence
 * @param mend the SQL (or the setting) that mends it
 */
public record Finding(Severity severity, String problem, String mend) {

    /** Whether the relay can work in spite of it. */
    public enum Severity {
        BLOCKING,
        ADVICE
    }

    static Finding blocking(String problem, String mend) {
        return new Finding(Severity.BLOCKING, problem, mend);
    }

    static Finding advice(String problem, String mend) {
        return new Finding(Severity.ADVICE, problem, mend);
    }

    @Override
    public String toString() {
        return problem + "\n    " + mend.replace("\n", "\n    ");
    }
}
