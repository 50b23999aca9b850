package io.walpost.relay.service.cli;

import io.walpost.relay.backfill.Reconcile;
import io.walpost.relay.backfill.ReconcileReport;
import io.walpost.relay.backfill.ReconcileRequest;
import io.walpost.relay.failure.FailureKind;
import io.walpost.relay.failure.RelayException;
import io.walpost.relay.publish.KafkaEventPublisher;
import io.walpost.relay.publish.ProducerSettings;
import io.walpost.relay.runtime.Configuration;
import io.walpost.relay.runtime.Settings;
import io.walpost.relay.service.ExitCode;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Publishes what is missing. */
@Command(
        name = "reconcile",
        description = {
            "Compares the rows of the outbox tables with the topics, and publishes those that are missing there, marked"
                    + " by the header walpost-backfill. Waits first until the relay has confirmed what is committed.",
            "",
            "Ends with 3 if something is missing after a dry run. Interrupted, it is simply run again, and finds what is"
                    + " still missing."
        })
final class ReconcileCommand extends RelayCommand {

    @Mixin
    private RunOptions options;

    @Option(
            names = "--no-wait",
            description = "Does not wait for the relay: what it has yet to publish counts as missing, and comes twice.")
    private boolean noWait;

    @Option(
            names = "--wait",
            paramLabel = "DURATION",
            converter = DurationConverter.class,
            defaultValue = "1m",
            description = "How long the relay may make no progress meanwhile; ${DEFAULT-VALUE} by default.")
    private Duration patience;

    @Option(
            names = "--from-beginning",
            description = "Reads the topics from their beginning. By default from an hour before the oldest row's"
                    + " timestamp, which is too late if that was in the future.")
    private boolean fromBeginning;

    @Option(
            names = "--accept-forgotten",
            description = "Compares also with topics that are compacted, or have removed records since: what was"
                    + " published and removed counts as missing.")
    private boolean acceptForgotten;

    @Override
    protected int run(Configuration configuration) throws RelayException, InterruptedException {
        Settings settings = configuration.settings();
        ProducerSettings producer = configuration.producer();
        ReconcileRequest request = request(settings);
        try (ProcessStop stop = RunOptions.stop(settings)) {
            Reconcile reconcile =
                    new Reconcile(RunOptions.settings(settings, producer), KafkaEventPublisher.factory(producer));
            ReconcileReport report = reconcile.run(request, stop, new ProgressLines(this::tell));
            print(new ReconcileText(report, request.dryRun()));
            if (report.complete()) {
                return ExitCode.OK;
            }
            return request.dryRun() && !stop.requested() ? ExitCode.ATTENTION : ExitCode.TRY_AGAIN;
        }
    }

    private ReconcileRequest request(Settings settings) throws RelayException {
        try {
            return new ReconcileRequest(
                    Instant.now().truncatedTo(ChronoUnit.SECONDS).toString(),
                    options.selection().tables(settings.postgres()),
                    options.selection().rows(),
                    options.rate(),
                    !noWait,
                    patience,
                    fromBeginning,
                    acceptForgotten,
                    options.dryRun());
        } catch (IllegalArgumentException e) {
            throw new RelayException(FailureKind.CONFIGURATION, e.getMessage(), e);
        }
    }
}
