package io.walpost.relay.service.cli;

import io.walpost.relay.backfill.RunSettings;
import io.walpost.relay.service.Settings;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What backfill and reconcile have in common. */
final class RunOptions {

    @Mixin
    private SelectionOptions selection;

    @Option(
            names = "--rate",
            paramLabel = "N",
            description = "At most this many events a second; as fast as Kafka takes them by default.")
    private int rate;

    @Option(names = "--dry-run", description = "Publishes nothing.")
    private boolean dryRun;

    SelectionOptions selection() {
        return selection;
    }

    int rate() {
        return rate;
    }

    boolean dryRun() {
        return dryRun;
    }

    static RunSettings settings(Settings settings) {
        return new RunSettings(
                settings.postgres(),
                settings.producer(),
                settings.source(),
                settings.relay().maxInFlightEvents(),
                settings.relay().maxInFlightBytes(),
                settings.relay().drainTimeout(),
                settings.relay().stallTimeout(),
                RunSettings.CURSOR_TOPIC,
                RunSettings.DEAD_LETTER_TOPIC);
    }
}
