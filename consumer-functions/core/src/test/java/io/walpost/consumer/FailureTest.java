package io.walpost.consumer;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.BatchUpdateException;
import java.sql.SQLException;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class FailureTest {

    @ParameterizedTest
    @CsvSource({
        "08001, DATABASE_UNREACHABLE, RETRY",
        "08006, DATABASE_UNREACHABLE, RETRY",
        "22P02, INVALID_DATA, DEAD_LETTER",
        "22003, INVALID_DATA, DEAD_LETTER",
        "23505, CONSTRAINT_VIOLATION, DEAD_LETTER",
        "25006, DATABASE_READ_ONLY, RETRY",
        "25P02, UNKNOWN, RETRY_A_FEW_TIMES",
        "25P03, DATABASE_STOPPING, RETRY",
        "25P04, DATABASE_STOPPING, RETRY",
        "26000, DATABASE_SESSION, RETRY",
        "28P01, DATABASE_NOT_PREPARED, RETRY",
        "3D000, DATABASE_NOT_PREPARED, RETRY",
        "40001, DATABASE_CONFLICT, RETRY",
        "40P01, DATABASE_CONFLICT, RETRY",
        "42P01, DATABASE_NOT_PREPARED, RETRY",
        "53100, DATABASE_EXHAUSTED, RETRY",
        "55006, DATABASE_CONFLICT, RETRY",
        "55P03, DATABASE_CONFLICT, RETRY",
        "55000, UNKNOWN, RETRY_A_FEW_TIMES",
        "57P01, DATABASE_STOPPING, RETRY",
        "57P03, DATABASE_STOPPING, RETRY",
        "58030, DATABASE_EXHAUSTED, RETRY",
        "XX000, UNKNOWN, RETRY_A_FEW_TIMES",
        "XX001, DATABASE_CORRUPTED, RETRY",
        "XX002, DATABASE_CORRUPTED, RETRY",
    })
    void goesByTheSqlState(String sqlState, Failure failure, Failure.Reaction reaction) {
        assertThat(Failure.of(new SQLException("reason", sqlState))).isEqualTo(failure);
        assertThat(failure.reaction()).isEqualTo(reaction);
    }

    @Test
    void takesAFailureThatNoServerReportedForAnOutage() {
        // Agroal's, when no connection could be had.
        SQLException timeout = new SQLException("Acquisition timeout", new TimeoutException());
        assertThat(Failure.of(timeout)).isEqualTo(Failure.DATABASE_UNREACHABLE);
    }

    @Test
    void blamesNoEventForAProcessThatIsBroken() {
        assertThat(Failure.of(new OutOfMemoryError())).isEqualTo(Failure.PROCESS_BROKEN);
        assertThat(Failure.of(new NoClassDefFoundError())).isEqualTo(Failure.PROCESS_BROKEN);
        assertThat(Failure.of(new IllegalStateException(new InternalError()))).isEqualTo(Failure.PROCESS_BROKEN);
        assertThat(Failure.PROCESS_BROKEN.reaction()).isEqualTo(Failure.Reaction.RETRY);
    }

    @Test
    void doesNotHoldAllBehindAnEventThatIsNestedTooDeeply() {
        assertThat(Failure.of(new StackOverflowError())).isEqualTo(Failure.UNKNOWN);
    }

    @Test
    void looksBehindWrappersAndBesideThem() {
        SQLException violation = new BatchUpdateException("Batch", "23514", new int[0]);
        assertThat(Failure.of(new IllegalStateException(violation))).isEqualTo(Failure.CONSTRAINT_VIOLATION);

        Exception rollback = new Exception("rolled back");
        rollback.addSuppressed(new Exception("commit", violation));
        assertThat(Failure.of(rollback)).isEqualTo(Failure.CONSTRAINT_VIOLATION);
    }

    @Test
    void believesTheOutermostThatItKnows() {
        Exception unprocessable = new UnprocessableEventException("no such order");
        unprocessable.addSuppressed(new SQLException("the connection broke at the rollback", "08006"));
        assertThat(Failure.of(unprocessable)).isEqualTo(Failure.UNPROCESSABLE_EVENT);
    }

    @Test
    void believesASinkAboutItself() {
        SQLException cause = new SQLException("refused", "23505");
        Exception away = new SinkException(Failure.SINK_UNREACHABLE, "cache: connection refused", cause);
        assertThat(Failure.of(new IllegalStateException(away))).isEqualTo(Failure.SINK_UNREACHABLE);
        assertThat(Failure.SINK_UNREACHABLE.describe(away)).isEqualTo("SinkException: cache: connection refused");
        assertThat(Outcome.failed(away)).isInstanceOf(Outcome.Retry.class);
        assertThat(Outcome.failed(new SinkException(Failure.SINK_OVERLOADED, "too many", null)))
                .isInstanceOf(Outcome.Retry.class);
        assertThat(Outcome.failed(new SinkException(Failure.SINK_REFUSED, "no such field", null)))
                .isInstanceOf(Outcome.DeadLetter.class);
    }

    @Test
    void endsOnCausesThatGoInACircle() {
        Exception first = new Exception();
        Exception second = new Exception(first);
        first.initCause(second);
        assertThat(Failure.of(first)).isEqualTo(Failure.UNKNOWN);
    }

    @ParameterizedTest
    @EnumSource(names = {"INVALID_DATA", "CONSTRAINT_VIOLATION", "TRANSACTION_TIMEOUT", "UNKNOWN"})
    void quotesNoValueOfTheEvent(Failure failure) {
        assertThat(failure.describe(new SQLException("invalid input syntax: \"secret\"", "22P02")))
                .isEqualTo("SQLException (SQLSTATE 22P02)");
    }

    @Test
    void saysWhyTheDatabaseCannotBeReached() {
        assertThat(Failure.DATABASE_UNREACHABLE.describe(new SQLException("Connection refused", "08001")))
                .isEqualTo("SQLException (SQLSTATE 08001): Connection refused");
    }
}
