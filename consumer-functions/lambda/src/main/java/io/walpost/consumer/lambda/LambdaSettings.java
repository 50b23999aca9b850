package io.walpost.consumer.lambda;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Optional;

/** How an invocation is used: the settings that only a function has, besides those of every consumer. */
@ConfigMapping(prefix = "walpost.consumer.lambda")
public interface LambdaSettings {

    /**
     * How long before the end of its invocation the function begins nothing more and answers. What is under way by then
     * should be done within that time: the timeouts of statements, locks and transactions should be shorter, and that of a
     * sink, which bounds a whole wave of events, by more than 3 s, since a question for `sink-secret` may take so long.
     */
    @WithDefault("5s")
    Duration margin();

    /** How many partitions of a batch are worked on at the same time. Each needs a connection, and one for dead letters. */
    @WithDefault("4")
    int partitionsAtOnce();

    /**
     * Whether the event source mapping has ReportBatchItemFailures among its response types. If it has not, an
     * invocation that leaves anything to be retried has to fail, and its whole batch comes again.
     */
    @WithDefault("true")
    boolean reportBatchItemFailures();

    /**
     * The ARN, or the name, of the secret of AWS Secrets Manager with which the function logs in to its sink, if that is not
     * its database: a password, or JSON with `username` and `password`. The address of the sink then says neither. It is
     * read again when the sink refuses it, so that it can be rotated.
     */
    Optional<String> sinkSecret();
}
