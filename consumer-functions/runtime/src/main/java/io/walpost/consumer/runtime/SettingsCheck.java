package io.walpost.consumer.runtime;

import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import jakarta.interceptor.Interceptor;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Refuses to start with settings that could only fail later, at the first event that needs them. */
@Singleton
class SettingsCheck {

    private static final Pattern TOPIC = Pattern.compile("(?!\\.{1,2}$)[a-zA-Z0-9._-]{1,249}");
    private static final int LONGEST_NAME = 255;
    private static final Duration SHORTEST_RETENTION = Duration.ofDays(1);
    private static final Duration LONGEST = Duration.ofDays(1);

    private final ConsumerSettings settings;

    SettingsCheck(ConsumerSettings settings) {
        this.settings = settings;
    }

    /** Before the channel opens. */
    void check(@Observes @Priority(Interceptor.Priority.PLATFORM_BEFORE) StartupEvent event) {
        require(settings);
    }

    /** Also for what is made before that. */
    static void require(ConsumerSettings settings) {
        List<String> problems = problems(settings);
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException("The consumer cannot start: " + String.join("; ", problems));
        }
    }

    static List<String> problems(ConsumerSettings settings) {
        ConsumerSettings.Retry retry = settings.retry();
        ConsumerSettings.DeadLetters deadLetters = settings.deadLetters();
        ConsumerSettings.Http http = settings.http();
        List<String> problems = new ArrayList<>();
        if (settings.name().isBlank() || settings.name().length() > LONGEST_NAME) {
            problems.add("walpost.consumer.name must have 1 to " + LONGEST_NAME + " characters");
        }
        requireDuration("walpost.consumer.stalled-after", settings.stalledAfter(), problems);
        requireDuration("walpost.consumer.retry.initial-delay", retry.initialDelay(), problems);
        requireDuration("walpost.consumer.retry.max-delay", retry.maxDelay(), problems);
        if (retry.maxDelay().compareTo(retry.initialDelay()) < 0) {
            problems.add(
                    "walpost.consumer.retry.max-delay must not be shorter than walpost.consumer.retry.initial-delay ("
                            + retry.maxDelay() + " < " + retry.initialDelay() + ")");
        }
        requireAtLeastOne("walpost.consumer.retry.attempts-on-unknown", retry.attemptsOnUnknown(), problems);
        requireDuration("walpost.consumer.retry.give-up-after", retry.giveUpAfter(), problems);
        requireDuration("walpost.consumer.dead-letters.timeout", deadLetters.timeout(), problems);
        deadLetters
                .topic()
                .filter(topic -> !TOPIC.matcher(topic).matches())
                .ifPresent(topic -> problems.add("walpost.consumer.dead-letters.topic must have 1 to 249 letters,"
                        + " digits, '.', '_' and '-', and is '" + topic + "'"));
        if (settings.inbox().retention().compareTo(SHORTEST_RETENTION) < 0) {
            problems.add("walpost.consumer.inbox.retention must be a day at least, and is "
                    + settings.inbox().retention());
        }
        requireDuration("walpost.consumer.http.patience", http.patience(), problems);
        requireDuration("walpost.consumer.http.retry-after", http.retryAfter(), problems);
        requireAtLeastOne("walpost.consumer.http.max-in-work", http.maxInWork(), problems);
        return problems;
    }

    private static void requireDuration(String property, Duration value, List<String> problems) {
        if (value.toMillis() < 1 || value.compareTo(LONGEST) > 0) {
            problems.add(property + " must lie between 1 ms and " + LONGEST.toDays() + " day, and is " + value);
        }
    }

    private static void requireAtLeastOne(String property, int value, List<String> problems) {
        if (value < 1) {
            problems.add(property + " must be at least 1, and is " + value);
        }
    }
}
