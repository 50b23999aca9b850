package io.walpost.consumer.runtime;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Optional;

/** The settings that only a service has, besides those of every consumer. */
@ConfigMapping(prefix = "walpost.consumer")
public interface ServiceSettings {

    /** Where the records come from: `kafka`, or `http` for CloudEvents of Knative's KafkaSource, as `POST /`. */
    @WithDefault("kafka")
    Binding binding();

    /** After how long work on one record readiness fails. It goes on nevertheless. */
    @WithDefault("1m")
    Duration stalledAfter();

    /** Where copies of the dead letters go. */
    DeadLetters deadLetters();

    /** The memory of what has been applied. */
    Inbox inbox();

    /** The binding to Knative. */
    Http http();

    /** Where copies of the dead letters go. */
    interface DeadLetters {

        /**
         * A topic that gets a copy of each letter. Its largest message decides how much of a record fits into one. Without
         * it letters are in the table alone.
         */
        Optional<String> topic();
    }

    /** The memory of what has been applied. */
    interface Inbox {

        /** How long it is kept: longer than any record can be delivered again, which is the retention of the topic. */
        @WithDefault("30d")
        Duration retention();

        /** Whether this function makes and drops the inbox's partitions, every hour; otherwise somebody else has to. */
        @WithDefault("true")
        boolean maintained();
    }

    /** The binding to Knative. */
    interface Http {

        /** How long a request waits for what passes, such as a sink that is down, before it is answered with 503. */
        @WithDefault("10s")
        Duration patience();

        /** What `Retry-After` says in such an answer. */
        @WithDefault("5s")
        Duration retryAfter();

        /** How many requests may be in work; one more is answered with 429. */
        @WithDefault("16")
        int maxInWork();
    }
}
