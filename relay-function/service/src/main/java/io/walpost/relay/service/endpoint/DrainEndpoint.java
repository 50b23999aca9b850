package io.walpost.relay.service.endpoint;

import io.walpost.relay.failure.FailureKind;
import io.walpost.relay.failure.RelayException;
import io.walpost.relay.runtime.Configuration;
import io.walpost.relay.runtime.RelayConfig;
import io.walpost.relay.service.RelayService;
import java.util.Optional;

/** A process that reads nothing by itself and drains when it is asked to. */
public final class DrainEndpoint {

    /** What the route finds when Quarkus makes it. */
    private static volatile DrainDesk desk;

    private DrainEndpoint() {}

    /**
     * Serves until the process is told to end.
     *
     * @return one of {@link io.walpost.relay.service.ExitCode}
     * @throws RelayException if a setting is wrong, or nobody could post
     */
    public static int run(Configuration configuration) throws RelayException, InterruptedException {
        RelayConfig.Endpoint config = configuration.relay().endpoint();
        if (config.limit().toMillis() < 1) {
            throw new RelayException(
                    FailureKind.CONFIGURATION, "walpost.relay.endpoint.limit must be longer than nothing");
        }
        desk = new DrainDesk(configuration.settings(), config.limit(), Gate.of(config));
        return RelayService.run(desk, configuration);
    }

    static Optional<DrainDesk> desk() {
        return Optional.ofNullable(desk);
    }
}
