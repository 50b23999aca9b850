package io.walpost.consumer.lambda;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import io.walpost.consumer.deadletter.Ordering;
import java.time.Duration;

/** The settings of a function that are not Quarkus's own. */
@ConfigMapping(prefix = "walpost.consumer")
public interface LambdaSettings {

    /** The consumer's name in the inbox and on its dead letters. Under another name every event is applied anew. */
    String name();

    /** What happens between the attempts to apply an event, and between those to put a dead letter. */
    Retry retry();

    /** What becomes of later events of a key once one of them is a dead letter: park puts them behind it, skip goes on. */
    @WithDefault("park")
    Ordering order();

    /** How events are put aside that cannot be applied. */
    DeadLetters deadLetters();

    /** How an invocation is used. */
    Lambda lambda();

    /** What happens between the attempts to apply an event, and between those to put a dead letter. */
    interface Retry {

        /** The longest wait after the first failed attempt; it doubles with each further one. */
        @WithDefault("100ms")
        Duration initialDelay();

        /** What no wait exceeds. The function's time is paid for while it waits. */
        @WithDefault("2s")
        Duration maxDelay();

        /**
         * After how many attempts an event is a dead letter whose failure is not known, or that takes longer than its
         * transaction may. Each invocation counts anew: all of them have to fit into one.
         */
        @WithDefault("5")
        int attemptsOnUnknown();

        /** How long after its first attempt such an event is a dead letter, however often it was tried. */
        @WithDefault("30s")
        Duration giveUpAfter();
    }

    /** How events are put aside that cannot be applied. */
    interface DeadLetters {

        /** How long one attempt to put a dead letter may take until it counts as refused, and is made again. */
        @WithDefault("4s")
        Duration timeout();
    }

    /** How an invocation is used. */
    interface Lambda {

        /**
         * How long before the end of its invocation the function begins nothing more and answers. What is under way by
         * then should be done within that time: the timeouts of statements, locks and transactions should be shorter.
         */
        @WithDefault("5s")
        Duration margin();

        /** How many partitions of a batch are worked on at the same time. Each needs a connection. */
        @WithDefault("4")
        int partitionsAtOnce();

        /**
         * Whether the event source mapping has ReportBatchItemFailures among its response types. If it has not, an
         * invocation that leaves anything to be retried has to fail, and its whole batch comes again.
         */
        @WithDefault("true")
        boolean reportBatchItemFailures();
    }
}
