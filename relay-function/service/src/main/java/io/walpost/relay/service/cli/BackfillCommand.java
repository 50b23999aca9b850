package io.walpost.relay.service.cli;

import io.walpost.relay.backfill.Backfill;
import io.walpost.relay.backfill.BackfillReport;
import io.walpost.relay.backfill.BackfillRequest;
import io.walpost.relay.failure.FailureKind;
import io.walpost.relay.failure.RelayException;
import io.walpost.relay.publish.KafkaEventPublisher;
import io.walpost.relay.publish.ProducerSettings;
import io.walpost.relay.runtime.Configuration;
import io.walpost.relay.runtime.Settings;
import io.walpost.relay.service.ExitCode;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;

/** Publishes rows again. */
@Command(
        name = "backfill",
        description = {
            "Publishes rows of the outbox tables again, whether or not they have been published, marked by the header"
                    + " walpost-backfill. Rows have to be kept for that.",
            "",
            "Interrupted (Ctrl-C, SIGTERM), it ends in good order and says how to continue, which is by its name."
        })
final class BackfillCommand extends RelayCommand {

    @Mixin
    private RunOptions options;

    @Option(
            names = "--name",
            paramLabel = "NAME",
            description =
                    "The run's name, under which it is continued, and the header's value. Its start time by default.")
    private String name = "backfill-"
            + Instant.now().truncatedTo(ChronoUnit.SECONDS).toString().replaceAll("[:-]", "");

    @Option(names = "--restart", description = "Begins anew, whatever a run of that name has published.")
    private boolean restart;

    @Override
    protected int run(Configuration configuration) throws RelayException, InterruptedException {
        Settings settings = configuration.settings();
        ProducerSettings producer = configuration.producer();
        BackfillRequest request = request(settings);
        try (ProcessStop stop = RunOptions.stop(settings)) {
            Backfill backfill =
                    new Backfill(RunOptions.settings(settings, producer), KafkaEventPublisher.factory(producer));
            BackfillReport report = backfill.run(request, stop, new ProgressLines(this::tell));
            print(new BackfillText(report, request.dryRun()));
            if (report.complete() || request.dryRun()) {
                return ExitCode.OK;
            }
            tell(continuation());
            return ExitCode.TRY_AGAIN;
        } catch (RelayException e) {
            if (!request.dryRun() && e.kind() != FailureKind.CONFIGURATION) {
                tell(continuation());
            }
            throw e;
        }
    }

    private BackfillRequest request(Settings settings) throws RelayException {
        try {
            return new BackfillRequest(
                    name,
                    options.selection().tables(settings.postgres()),
                    options.selection().rows(),
                    options.rate(),
                    restart,
                    options.dryRun());
        } catch (IllegalArgumentException e) {
            throw new RelayException(FailureKind.CONFIGURATION, e.getMessage(), e);
        }
    }

    /** The same command, but for what would start anew. */
    private String continuation() {
        return spec().commandLine().getParseResult().matchedOptions().stream()
                .filter(option -> !option.longestName().equals("--name")
                        && !option.longestName().equals("--restart"))
                .map(BackfillCommand::asTyped)
                .collect(Collectors.joining("", "To continue: walpost backfill --name " + name, ""));
    }

    private static String asTyped(OptionSpec option) {
        return option.arity().max() == 0
                ? " " + option.longestName()
                : option.originalStringValues().stream()
                        .map(value -> " " + option.longestName() + " '" + value.replace("'", "'\\''") + "'")
                        .collect(Collectors.joining());
    }
}
