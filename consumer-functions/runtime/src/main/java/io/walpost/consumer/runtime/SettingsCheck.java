package io.walpost.consumer.runtime;

import io.quarkus.runtime.StartupEvent;
import io.walpost.consumer.settings.ConsumerSettings;
import io.walpost.consumer.settings.SettingsProblems;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import jakarta.interceptor.Interceptor;
import java.time.Duration;
import java.util.regex.Pattern;

/** Refuses to start with settings that could only fail later, at the first event that needs them. */
@Singleton
class SettingsCheck {

    private static final Pattern TOPIC = Pattern.compile("(?!\\.{1,2}$)[a-zA-Z0-9._-]{1,249}");
    private static final Duration SHORTEST_RETENTION = Duration.ofDays(1);

    private final ConsumerSettings consumer;
    private final ServiceSettings service;

    SettingsCheck(ConsumerSettings consumer, ServiceSettings service) {
        this.consumer = consumer;
        this.service = service;
    }

    /** Before the channel opens. */
    void check(@Observes @Priority(Interceptor.Priority.PLATFORM_BEFORE) StartupEvent event) {
        require();
    }

    /** Also for what is made before that. */
    void require() {
        problems(consumer, service).throwIfAny();
    }

    static SettingsProblems problems(ConsumerSettings consumer, ServiceSettings service) {
        SettingsProblems problems = SettingsProblems.of(consumer);
        ServiceSettings.Http http = service.http();
        problems.requireDuration("walpost.consumer.stalled-after", service.stalledAfter());
        service.deadLetters()
                .topic()
                .filter(topic -> !TOPIC.matcher(topic).matches())
                .ifPresent(topic -> problems.add("walpost.consumer.dead-letters.topic must have 1 to 249 letters,"
                        + " digits, '.', '_' and '-', and is '" + topic + "'"));
        if (service.inbox().retention().compareTo(SHORTEST_RETENTION) < 0) {
            problems.add("walpost.consumer.inbox.retention must be a day at least, and is "
                    + service.inbox().retention());
        }
        problems.requireDuration("walpost.consumer.http.patience", http.patience());
        problems.requireDuration("walpost.consumer.http.retry-after", http.retryAfter());
        problems.requireAtLeastOne("walpost.consumer.http.max-in-work", http.maxInWork());
        return problems;
    }
}
