package io.walpost.relay.service.cli;

import io.walpost.relay.failure.RelayException;
import io.walpost.relay.service.Configuration;
import io.walpost.relay.service.ExitCode;
import io.walpost.relay.service.RelayService;
import java.util.concurrent.Callable;
import org.jboss.logging.Logger;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The relay as a service, with health and metrics; what the process does if it is told nothing else. */
@Command(
        name = "stream",
        description = {
            "Publishes events as they are committed, until it is stopped. The default.",
            "",
            "Serves health and metrics on quarkus.http.host and .port, by default 127.0.0.1:18081."
        })
final class StreamCommand implements Callable<Integer> {

    private static final Logger LOG = Logger.getLogger(StreamCommand.class);

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Shows this text.")
    private boolean help;

    /** Does not return if the relay could be started: Quarkus ends the process. */
    @Override
    public Integer call() {
        try {
            RelayService.run(Configuration.load());
            return ExitCode.OK;
        } catch (RelayException e) {
            CommandLog.toStandardError(false);
            LOG.error("The relay cannot start. " + e.getMessage());
            return ExitCode.of(e.kind());
        }
    }
}
