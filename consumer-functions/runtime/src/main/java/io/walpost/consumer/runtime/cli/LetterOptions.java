package io.walpost.consumer.runtime.cli;

import io.walpost.consumer.deadletter.LetterSelection;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine.Option;

/** Which letters a command is about: those that fulfil all that is given. */
final class LetterOptions {

    @Option(names = "--id", paramLabel = "ID", description = "The letter with this id; repeatable.")
    private Set<Long> ids = new LinkedHashSet<>();

    @Option(names = "--topic", paramLabel = "TOPIC", description = "Letters of records of this topic.")
    private String topic;

    @Option(names = "--key", paramLabel = "KEY", description = "Letters of this key: an aggregate id.")
    private String key;

    @Option(
            names = "--failure",
            paramLabel = "KIND",
            description =
                    "Letters of this kind of failure, as in constraint-violation; parked for those that only wait.")
    private String failure;

    @Option(
            names = "--error-class",
            paramLabel = "CLASS",
            description = "Letters with this exception, with its package or without.")
    private String errorClass;

    @Option(
            names = "--older-than",
            paramLabel = "TIME",
            converter = DurationConverter.class,
            description = "Letters that were put aside longer ago than this, as in 90s, 10m or 2d.")
    private Duration olderThan;

    LetterSelection selection(String consumer) {
        return new LetterSelection(
                ids,
                Optional.of(consumer),
                Optional.ofNullable(topic),
                Optional.ofNullable(key),
                Optional.ofNullable(failure),
                Optional.ofNullable(errorClass),
                Optional.ofNullable(olderThan).map(Instant.now()::minus),
                false);
    }

    boolean areEmpty() {
        return ids.isEmpty()
                && topic == null
                && key == null
                && failure == null
                && errorClass == null
                && olderThan == null;
    }
}
