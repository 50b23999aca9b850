package io.walpost.relay.service;

import io.walpost.relay.failure.FailureKind;

/** How the process ends when it ends by itself; the numbers are those of BSD's {@code sysexits.h}. */
final class ExitCode {

    /** A defect, or a slot whose log is lost ({@code EX_SOFTWARE}). */
    static final int FAILURE = 70;

    /** The database refused the role ({@code EX_NOPERM}). */
    static final int NOT_PERMITTED = 77;

    /** A setting is wrong, or the database is not prepared ({@code EX_CONFIG}). */
    static final int CONFIGURATION = 78;

    private ExitCode() {}

    static int of(FailureKind kind) {
        return switch (kind) {
            case CONFIGURATION, PRECONDITION -> CONFIGURATION;
            case AUTHENTICATION -> NOT_PERMITTED;
            default -> FAILURE;
        };
    }
}
