package io.walpost.billing;

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
    private static final Duration LONGEST = Duration.ofDays(1);

    private final BillingSettings settings;

    SettingsCheck(BillingSettings settings) {
        this.settings = settings;
    }

    /** Before the channels open. */
    void check(@Observes @Priority(Interceptor.Priority.PLATFORM_BEFORE) StartupEvent event) {
        List<String> problems = problems(settings);
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException("Billing cannot start: " + String.join("; ", problems));
        }
    }

    static List<String> problems(BillingSettings settings) {
        BillingSettings.Retry retry = settings.retry();
        BillingSettings.DeadLetters deadLetters = settings.deadLetters();
        List<String> problems = new ArrayList<>();
        requirePositive("walpost.billing.stalled-after", settings.stalledAfter(), problems);
        requirePositive("walpost.billing.retry.initial-delay", retry.initialDelay(), problems);
        requirePositive("walpost.billing.retry.max-delay", retry.maxDelay(), problems);
        if (retry.maxDelay().compareTo(retry.initialDelay()) < 0) {
            problems.add(
                    "walpost.billing.retry.max-delay must not be shorter than walpost.billing.retry.initial-delay ("
                            + retry.maxDelay() + " < " + retry.initialDelay() + ")");
        }
        if (retry.attemptsOnUnknown() < 1) {
            problems.add("walpost.billing.retry.attempts-on-unknown must be at least 1, and is "
                    + retry.attemptsOnUnknown());
        }
        requirePositive("walpost.billing.dead-letters.timeout", deadLetters.timeout(), problems);
        if (!TOPIC.matcher(deadLetters.topic()).matches()) {
            problems.add(
                    "walpost.billing.dead-letters.topic must have 1 to 249 letters, digits, '.', '_' and '-', and is '"
                            + deadLetters.topic() + "'");
        }
        return problems;
    }

    private static void requirePositive(String property, Duration value, List<String> problems) {
        if (value.toMillis() < 1 || value.compareTo(LONGEST) > 0) {
            problems.add(property + " must lie between 1 ms and " + LONGEST.toDays() + " day, and is " + value);
        }
    }
}
