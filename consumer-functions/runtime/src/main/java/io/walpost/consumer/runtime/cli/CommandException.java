package io.walpost.consumer.runtime.cli;

import io.walpost.consumer.Failure;
import java.sql.SQLException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** Why a command was not done. The message is for a person, with a hint in a second line. */
final class CommandException extends Exception {

    private final int exitCode;

    CommandException(int exitCode, String message) {
        super(message);
        this.exitCode = exitCode;
    }

    int exitCode() {
        return exitCode;
    }

    static CommandException of(SQLException failed) {
        Failure failure = Failure.of(failed);
        int exitCode =
                switch (failure) {
                    case DATABASE_UNREACHABLE, DATABASE_STOPPING, DATABASE_EXHAUSTED -> ExitCode.UNAVAILABLE;
                    case DATABASE_CONFLICT -> ExitCode.TRY_AGAIN;
                    case DATABASE_NOT_PREPARED, DATABASE_READ_ONLY, DATABASE_SESSION -> ExitCode.CONFIGURATION;
                    default -> ExitCode.FAILURE;
                };
        return new CommandException(
                exitCode, failure.label() + ": " + failure.describe(failed) + "\n" + failure.hint());
    }

    static CommandException of(KafkaException failed) {
        String message = failed.getClass().getSimpleName() + ": " + failed.getMessage();
        return switch (failed) {
            case AuthenticationException e ->
                new CommandException(ExitCode.NOT_PERMITTED, message + "\nCorrect the credentials for Kafka.");
            case AuthorizationException e ->
                new CommandException(
                        ExitCode.NOT_PERMITTED, message + "\nGrant DESCRIBE on the topic, and READ on the group.");
            case UnknownTopicOrPartitionException e ->
                new CommandException(ExitCode.CONFIGURATION, message + "\nCorrect mp.messaging.incoming.events.topic.");
            case RetriableException e ->
                new CommandException(ExitCode.UNAVAILABLE, message + "\nIs Kafka up and reachable?");
            default -> new CommandException(ExitCode.FAILURE, message);
        };
    }
}
