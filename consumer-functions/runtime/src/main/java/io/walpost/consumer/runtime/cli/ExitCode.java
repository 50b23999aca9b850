package io.walpost.consumer.runtime.cli;

/** How a command ends, as the relay's commands do; the numbers from 64 on are those of BSD's {@code sysexits.h}. */
public final class ExitCode {

    /** Done. */
    public static final int OK = 0;

    /** The command line is wrong. */
    public static final int USAGE = 2;

    /** Done, and what was found wants somebody's attention. */
    public static final int ATTENTION = 3;

    /** The database or Kafka cannot be reached ({@code EX_UNAVAILABLE}). */
    public static final int UNAVAILABLE = 69;

    /** A defect ({@code EX_SOFTWARE}). */
    public static final int FAILURE = 70;

    /** Not done, or not all of it; try again ({@code EX_TEMPFAIL}). */
    public static final int TRY_AGAIN = 75;

    /** The database or Kafka refused the consumer ({@code EX_NOPERM}). */
    public static final int NOT_PERMITTED = 77;

    /** A setting is wrong, or the database is not prepared ({@code EX_CONFIG}). */
    public static final int CONFIGURATION = 78;

    private ExitCode() {}
}
