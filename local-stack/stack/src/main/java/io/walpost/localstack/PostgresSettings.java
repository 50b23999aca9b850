package io.walpost.localstack;

import java.util.List;
import java.util.stream.Stream;

/** The settings that {@link LocalPostgres} promises, as arguments of {@code postgres}: they hold whatever the data folder's own file says. */
final class PostgresSettings {

    private static final List<String> PROMISED = List.of(
            "wal_level=logical",
            "fsync=on",
            "synchronous_commit=on",
            "full_page_writes=on",
            "track_commit_timestamp=on",
            "max_connections=200",
            "max_wal_senders=20",
            "max_replication_slots=20",
            "max_prepared_transactions=20",
            "log_timezone=UTC",
            "timezone=UTC");

    private PostgresSettings() {}

    /** For a process of this machine. */
    static List<String> arguments(int port) {
        return arguments(Stream.concat(
                PROMISED.stream(),
                Stream.of("listen_addresses=127.0.0.1", "unix_socket_directories=", "port=" + port)));
    }

    /** For a container, which has its own network. */
    static List<String> arguments() {
        return arguments(PROMISED.stream());
    }

    private static List<String> arguments(Stream<String> settings) {
        return settings.flatMap(setting -> Stream.of("-c", setting)).toList();
    }
}
