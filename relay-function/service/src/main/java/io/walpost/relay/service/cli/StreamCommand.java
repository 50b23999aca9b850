package io.walpost.relay.service.cli;

import io.walpost.relay.failure.RelayException;
import io.walpost.relay.runtime.Configuration;
import io.walpost.relay.service.RelayService;
import picocli.CommandLine.Command;

/** The relay as a service, with health and metrics; what the process does if it is told nothing else. */
@Command(
        name = "stream",
        description = {
            "Publishes events as they are committed, until it is stopped. The default.",
            "",
            "Serves health and metrics on quarkus.http.host and .port, by default 127.0.0.1:18081."
        })
final class StreamCommand extends ServiceCommand {

    @Override
    protected int run(Configuration configuration) throws RelayException, InterruptedException {
        return RelayService.run(configuration);
    }
}
