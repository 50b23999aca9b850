package io.walpost.relay.service.cli;

import io.walpost.relay.failure.RelayException;
import io.walpost.relay.runtime.Configuration;
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

    @Override
    public Integer call() throws InterruptedException {
        try {
            return RelayService.run(Configuration.load());
        } catch (RelayException e) {
            CommandLog.toStandardError(false);
            LOG.error("The relay cannot start. " + e.getMessage());
            return ExitCode.of(e.kind());
        }
    }
}
