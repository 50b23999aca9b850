package io.walpost.relay.service.cli;

import io.walpost.relay.failure.RelayException;
import io.walpost.relay.runtime.Configuration;
import io.walpost.relay.service.ExitCode;
import java.util.concurrent.Callable;
import org.jboss.logging.Logger;
import picocli.CommandLine.Option;

/** A command that stays until the process is stopped, with health and metrics. It has no options of its own. */
abstract class ServiceCommand implements Callable<Integer> {

    private static final Logger LOG = Logger.getLogger(ServiceCommand.class);

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Shows this text.")
    private boolean help;

    /**
     * Does it.
     *
     * @return one of {@link ExitCode}
     */
    protected abstract int run(Configuration configuration) throws RelayException, InterruptedException;

    @Override
    public final Integer call() throws InterruptedException {
        try {
            return run(Configuration.load());
        } catch (RelayException e) {
            CommandLog.toStandardError(false);
            LOG.error("The relay cannot start. " + e.getMessage());
            return ExitCode.of(e.kind());
        }
    }
}
