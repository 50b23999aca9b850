package io.walpost.relay.service;

import io.walpost.relay.RelayMetrics;
import io.walpost.relay.runtime.Settings;
import java.time.Duration;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Liveness;

/**
 * Alive while the relay's thread comes round. It does so every second, or waits: for a
 * server that times out, for what is in flight, for the next attempt. A process that only drains when it is asked is alive
 * while it answers.
 */
@Liveness
class RelayLiveness implements HealthCheck {

    private static final int TIMEOUTS = 3;

    private final RelayMetrics metrics;
    private final Duration limit;

    RelayLiveness(RelayMetrics metrics, Settings settings) {
        this.metrics = metrics;
        this.limit = settings.postgres()
                .timeout()
                .multipliedBy(TIMEOUTS)
                .plus(settings.relay().maxBackoff())
                .plus(settings.relay().drainTimeout());
    }

    @Override
    public HealthCheckResponse call() {
        if (!RelayService.current().isStreaming()) {
            return HealthCheckResponse.up("relay");
        }
        Duration silence = metrics.sinceLastTurn();
        return HealthCheckResponse.named("relay")
                .status(silence.compareTo(limit) < 0)
                .withData("millisSinceLastTurn", silence.toMillis())
                .build();
    }
}
