package io.walpost.consumer.runtime.cli;

import java.util.Map;

/** What is different in a process that does one thing and ends: it takes no events, and leaves the tables as they are. */
final class CommandMode {

    private static final Map<String, String> SETTINGS = Map.of(
            "mp.messaging.incoming.events.enabled", "false",
            "walpost.consumer.inbox.maintained", "false",
            "quarkus.flyway.migrate-at-start", "false",
            // Quarkus insists on a server; a second one on the function's own port would not start.
            "quarkus.http.host", "127.0.0.1",
            "quarkus.http.port", "0",
            // Standard output is the command's.
            "quarkus.log.console.stderr", "true",
            "quarkus.log.level", "WARN",
            "quarkus.log.category.\"org.apache.kafka\".level", "OFF",
            "quarkus.log.category.\"io.smallrye.reactive.messaging\".level", "ERROR");

    private CommandMode() {}

    /** Before Quarkus starts. */
    static void begin() {
        SETTINGS.forEach(System::setProperty);
    }
}
