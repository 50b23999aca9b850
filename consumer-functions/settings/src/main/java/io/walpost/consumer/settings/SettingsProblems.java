package io.walpost.consumer.settings;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** What is wrong with settings, in sentences that begin with the property; all of it can then be said at once. */
public final class SettingsProblems {

    private static final int LONGEST_NAME = 255;
    private static final Duration LONGEST = Duration.ofDays(1);

    private final List<String> sentences = new ArrayList<>();

    /** Those of the settings that every consumer has. */
    public static SettingsProblems of(ConsumerSettings settings) {
        SettingsProblems problems = new SettingsProblems();
        ConsumerSettings.Retry retry = settings.retry();
        if (settings.name().isBlank() || settings.name().length() > LONGEST_NAME) {
            problems.add("walpost.consumer.name must have 1 to " + LONGEST_NAME + " characters");
        }
        problems.requireDuration("walpost.consumer.retry.initial-delay", retry.initialDelay());
        problems.requireDuration("walpost.consumer.retry.max-delay", retry.maxDelay());
        if (retry.maxDelay().compareTo(retry.initialDelay()) < 0) {
            problems.add(
                    "walpost.consumer.retry.max-delay must not be shorter than walpost.consumer.retry.initial-delay ("
                            + retry.maxDelay() + " < " + retry.initialDelay() + ")");
        }
        problems.requireAtLeastOne("walpost.consumer.retry.attempts-on-unknown", retry.attemptsOnUnknown());
        problems.requireDuration("walpost.consumer.retry.give-up-after", retry.giveUpAfter());
        problems.requireDuration(
                "walpost.consumer.dead-letters.timeout", settings.deadLetters().timeout());
        return problems;
    }

    public void requireDuration(String property, Duration value) {
        if (value.toMillis() < 1 || value.compareTo(LONGEST) > 0) {
            add(property + " must lie between 1 ms and " + LONGEST.toDays() + " day, and is " + value);
        }
    }

    public void requireAtLeastOne(String property, int value) {
        if (value < 1) {
            add(property + " must be at least 1, and is " + value);
        }
    }

    public void add(String sentence) {
        sentences.add(sentence);
    }

    public List<String> sentences() {
        return List.copyOf(sentences);
    }

    /** @throws IllegalArgumentException with every sentence, if there is one */
    public void throwIfAny() {
        if (!sentences.isEmpty()) {
            throw new IllegalArgumentException("The consumer cannot start: " + String.join("; ", sentences));
        }
    }
}
