package io.walpost.relay.service.cli;

import io.walpost.outbox.Lsn;
import io.walpost.relay.RelayMetrics;
import io.walpost.relay.UntilPosition;
import io.walpost.relay.failure.FailureKind;
import io.walpost.relay.failure.RelayException;
import io.walpost.relay.replication.ByteCount;
import io.walpost.relay.replication.SlotInspector;
import io.walpost.relay.replication.SlotStatus;
import io.walpost.relay.service.Configuration;
import io.walpost.relay.service.ExitCode;
import io.walpost.relay.service.RelayService;
import io.walpost.relay.service.Settings;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The relay as a job. */
@Command(
        name = "drain",
        description = {
            "Publishes all that is committed at the moment of the call, and ends with a report.",
            "",
            "Waits for a Kafka or a database that goes away meanwhile, as stream does. Ends with 75 if the time limit"
                    + " comes first, or if another relay reads the slot; what is published by then is confirmed."
        })
final class DrainCommand extends RelayCommand {

    private static final long MARGIN_SECONDS = 5;

    @Option(
            names = "--timeout",
            paramLabel = "DURATION",
            converter = DurationConverter.class,
            description = "The longest it may take, as in 90s, 10m or PT1H; as long as it takes by default.")
    private Duration timeout;

    @Override
    protected int run(Configuration configuration) throws RelayException, InterruptedException {
        Settings settings = configuration.settings();
        SlotStatus slot = slot(settings);
        if (slot.active()) {
            throw new RelayException(
                    FailureKind.SLOT_BUSY,
                    "A relay reads the slot " + settings.postgres().slot()
                            + " already; it publishes what you want published, or has to be stopped first");
        }
        tell("Draining slot " + settings.postgres().slot() + " from " + slot.confirmed() + " to " + slot.current()
                + ", " + ByteCount.text(slot.lagBytes()) + " of log");
        RelayMetrics metrics = new RelayMetrics(Clock.systemUTC());
        UntilPosition until = new UntilPosition(slot.current(), metrics, Optional.ofNullable(timeout));
        long began = System.nanoTime();
        relay(settings, metrics, until);
        DrainReport report = new DrainReport(
                settings.postgres().slot(),
                until.isReached(),
                metrics.events(),
                metrics.bytes(),
                slot.confirmed(),
                metrics.confirmedLsn().equals(Lsn.ZERO) ? slot.confirmed() : metrics.confirmedLsn(),
                slot.current(),
                Duration.ofNanos(System.nanoTime() - began),
                until.isReached() ? Optional.empty() : metrics.lastFailure());
        print(report);
        return report.reached() ? ExitCode.OK : ExitCode.TRY_AGAIN;
    }

    private static SlotStatus slot(Settings settings) throws RelayException {
        try (SlotInspector inspector = new SlotInspector(settings.postgres())) {
            return inspector.inspect();
        }
    }

    /** Ends in good order also when the process is told to end. */
    private static void relay(Settings settings, RelayMetrics metrics, UntilPosition until)
            throws RelayException, InterruptedException {
        CountDownLatch ended = new CountDownLatch(1);
        long patience = settings.relay().drainTimeout().toSeconds() + MARGIN_SECONDS;
        Thread hook = new Thread(() -> {
            until.interrupt();
            try {
                ended.await(patience, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        Runtime.getRuntime().addShutdownHook(hook);
        try {
            RelayService.relay(settings, metrics).run(until);
        } finally {
            ended.countDown();
        }
    }
}
