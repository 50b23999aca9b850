package io.walpost.consumer.runtime.cli;

/** How a command ends, as the relay's commands do; the numbers from 64 on are those of BSD's {@code sysexits.h}. */
final class ExitCode {

    /** Done. */
    static final int OK = 0;

    /** The command line is wrong. */
    static final int USAGE = 2;

    /** Done, and what was found wants somebody's attention. */
    static final int ATTENTION = 3;

    /** The database or Kafka cannot be reached ({@code EX_UNAVAILABLE}). */
    static final int UNAVAILABLE = 69;

    /** A defect ({@code EX_SOFTWARE}). */
    static final int FAILURE = 70;

    /** Not done, or not all of it; try again ({@code EX_TEMPFAIL}). */
    static final int TRY_AGAIN = 75;

    /** The database or Kafka refused the consumer ({@code EX_NOPERM}). */
    static final int NOT_PERMITTED = 77;

    /** A setting is wrong, or the database is not prepared ({@code EX_CONFIG}). */
    static final int CONFIGURATION = 78;

    private ExitCode() {}
}
