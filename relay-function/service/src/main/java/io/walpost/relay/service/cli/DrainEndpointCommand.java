package io.walpost.relay.service.cli;

import io.walpost.relay.failure.RelayException;
import io.walpost.relay.runtime.Configuration;
import io.walpost.relay.service.endpoint.DrainEndpoint;
import picocli.CommandLine.Command;

/** The relay as a process that can be scaled to zero. */
@Command(
        name = "drain-endpoint",
        description = {
            "Drains when it is asked to by POST /drain, until it is stopped, and answers with the report.",
            "",
            "A request needs a bearer token: walpost.relay.endpoint.token-file or walpost.relay.endpoint.oidc.* say which."
                    + " A second drain at once is refused with 409. Serves health as stream does, on the same address."
        })
final class DrainEndpointCommand extends ServiceCommand {

    @Override
    protected int run(Configuration configuration) throws RelayException, InterruptedException {
        return DrainEndpoint.run(configuration);
    }
}
