package io.walpost.consumer.deadletter;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * Which letters are meant: those that fulfil every condition that is given.
 *
 * @param ids empty for any
 * @param consumer whose letters
 * @param topic of their records
 * @param key of their records, as text
 * @param failure the label of a kind of failure, as in {@code constraint-violation}
 * @param errorClass the name of an exception, with its package or without
 * @param failedBefore older than that
 * @param resolvedToo also those that are resolved; only for looking at
 */
public record LetterSelection(
        Set<Long> ids,
        Optional<String> consumer,
        Optional<String> topic,
        Optional<String> key,
        Optional<String> failure,
        Optional<String> errorClass,
        Optional<Instant> failedBefore,
        boolean resolvedToo) {

    public LetterSelection {
        ids = Set.copyOf(ids);
    }

    /** All unresolved letters. */
    public static LetterSelection all() {
        return new LetterSelection(
                Set.of(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                false);
    }

    public LetterSelection withIds(Set<Long> only) {
        return new LetterSelection(only, consumer, topic, key, failure, errorClass, failedBefore, resolvedToo);
    }

    public LetterSelection ofConsumer(String only) {
        return new LetterSelection(ids, Optional.of(only), topic, key, failure, errorClass, failedBefore, resolvedToo);
    }

    public LetterSelection ofTopic(String only) {
        return new LetterSelection(
                ids, consumer, Optional.of(only), key, failure, errorClass, failedBefore, resolvedToo);
    }

    public LetterSelection ofKey(String only) {
        return new LetterSelection(
                ids, consumer, topic, Optional.of(only), failure, errorClass, failedBefore, resolvedToo);
    }

    public LetterSelection withFailure(String label) {
        return new LetterSelection(
                ids, consumer, topic, key, Optional.of(label), errorClass, failedBefore, resolvedToo);
    }

    public LetterSelection withErrorClass(String name) {
        return new LetterSelection(ids, consumer, topic, key, failure, Optional.of(name), failedBefore, resolvedToo);
    }

    public LetterSelection failedBefore(Instant instant) {
        return new LetterSelection(ids, consumer, topic, key, failure, errorClass, Optional.of(instant), resolvedToo);
    }

    public LetterSelection andResolved() {
        return new LetterSelection(ids, consumer, topic, key, failure, errorClass, failedBefore, true);
    }
}
