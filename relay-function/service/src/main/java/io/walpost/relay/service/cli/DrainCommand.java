package io.walpost.relay.service.cli;

import io.walpost.relay.failure.RelayException;
import io.walpost.relay.replication.ByteCount;
import io.walpost.relay.runtime.Configuration;
import io.walpost.relay.runtime.Drain;
import io.walpost.relay.runtime.DrainReport;
import io.walpost.relay.runtime.Settings;
import io.walpost.relay.service.ExitCode;
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
        Drain drain = Drain.begin(settings, Optional.ofNullable(timeout));
        tell("Draining slot " + settings.postgres().slot() + " from "
                + drain.slot().confirmed() + " to " + drain.slot().current() + ", "
                + ByteCount.text(drain.slot().lagBytes()) + " of log");
        CountDownLatch reported = endInGoodOrder(drain, settings.relay().drainTimeout());
        try {
            DrainReport report = drain.run();
            print(new DrainText(report));
            return report.reached() ? ExitCode.OK : ExitCode.TRY_AGAIN;
        } finally {
            reported.countDown();
        }
    }

    /**
     * When the process is told to end, it confirms what is published and reports before it does.
     *
     * @return to be counted down after the report
     */
    private static CountDownLatch endInGoodOrder(Drain drain, Duration drainTimeout) {
        CountDownLatch reported = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            drain.interrupt();
            try {
                reported.await(drainTimeout.toSeconds() + MARGIN_SECONDS, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }));
        return reported;
    }
}
