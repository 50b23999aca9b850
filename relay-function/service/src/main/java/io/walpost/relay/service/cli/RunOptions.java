package io.walpost.relay.service.cli;

import io.walpost.relay.backfill.RunSettings;
import io.walpost.relay.publish.ProducerSettings;
import io.walpost.relay.runtime.Settings;
import java.time.Duration;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What backfill and reconcile have in common. */
final class RunOptions {

    /** How much longer than the drain an end may take. */
    private static final Duration STOP_MARGIN = Duration.ofSeconds(10);

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

    /** The end that a person asks for, which waits for what is in flight. */
    static ProcessStop stop(Settings settings) {
        return new ProcessStop(settings.relay().drainTimeout().plus(STOP_MARGIN));
    }

    /** Delivered at least once, however the stream delivers: a run has no part in the stream's transactions. */
    static RunSettings settings(Settings settings, ProducerSettings producer) {
        return new RunSettings(
                settings.postgres(),
                producer,
                settings.routing(),
                settings.relay().maxInFlightEvents(),
                settings.relay().maxInFlightBytes(),
                settings.relay().drainTimeout(),
                settings.relay().stallTimeout(),
                RunSettings.CURSOR_TOPIC,
                settings.poison().deadLetterTopic());
    }
}
