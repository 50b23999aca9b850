package io.walpost.localstack;

import java.util.ArrayList;
import java.util.List;

/** The server settings, as arguments of {@code postgres}: they hold whatever the data folder's own file says. */
final class PostgresSettings {

    private static final List<String> FIXED = List.of(
            "listen_addresses=127.0.0.1",
            "unix_socket_directories=",
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

    static List<String> arguments(int port) {
        List<String> arguments = new ArrayList<>();
        for (String setting : FIXED) {
            arguments.add("-c");
            arguments.add(setting);
        }
        arguments.add("-c");
        arguments.add("port=" + port);
        return arguments;
    }
}
