package io.walpost.relay.failure;

/**
 * Something about the database or about Kafka that is not as the relay needs or wants it.
 *
 * @param problem one sentence
 * @param mend what mends it: SQL, a command, or a comment that says what to do
 */
public record Finding(Severity severity, String problem, String mend) {

    /** Whether the relay can work in spite of it. */
    public enum Severity {
        BLOCKING,
        ADVICE
    }

    public static Finding blocking(String problem, String mend) {
        return new Finding(Severity.BLOCKING, problem, mend);
    }

    public static Finding advice(String problem, String mend) {
        return new Finding(Severity.ADVICE, problem, mend);
    }

    @Override
    public String toString() {
        return problem + "\n    " + mend.replace("\n", "\n    ");
    }
}
