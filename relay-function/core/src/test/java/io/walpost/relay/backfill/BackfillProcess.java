package io.walpost.relay.backfill;

import io.walpost.relay.ManualStop;
import io.walpost.relay.replication.PostgresSettings;
import io.walpost.relay.replication.RowSelection;
import io.walpost.relay.testing.OutboxDatabase;
import io.walpost.relay.testing.RealSystems;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** A backfill in a process of its own, to be killed. */
final class BackfillProcess {

    private BackfillProcess() {}

    /** @param arguments URL, user, password, slot, brokers, name of the run, and rate */
    public static void main(String... arguments) throws Exception {
        PostgresSettings postgres = OutboxDatabase.settings(arguments[0], arguments[1], arguments[2], arguments[3]);
        RunSettings settings = Runs.settings(postgres, arguments[4]);
        new Backfill(settings, Runs.publishers(settings))
                .run(
                        new BackfillRequest(
                                arguments[5],
                                postgres.tables(),
                                RowSelection.ALL,
                                Integer.parseInt(arguments[6]),
                                false,
                                false),
                        new ManualStop(),
                        ProgressListener.NONE);
    }

    static Process start(OutboxDatabase database, String name, int rate) throws IOException {
        PostgresSettings settings = database.settings();
        return new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        BackfillProcess.class.getName(),
                        settings.url(),
                        settings.user(),
                        RealSystems.postgres().password(),
                        settings.slot(),
                        RealSystems.kafka().bootstrapServers(),
                        name,
                        String.valueOf(rate)))
                .inheritIO()
                .start();
    }
}
